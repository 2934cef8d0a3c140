// zeebe-node.mjs - zeebe-node 8.3 at the gRPC door.
import { ZBClient } from 'zeebe-node'
import { grpcAddress, runAll } from './lib.mjs'
import { scenarios } from './grpc_scenarios.mjs'

const client = new ZBClient(grpcAddress, { useTLS: false, loglevel: 'NONE', retry: false })
process.exit(await runAll('zeebe-node', scenarios('zeebe-node', client)) ? 1 : 0)
