// sdk.mjs - @camunda8/sdk 8.8 at the gRPC door. It compresses with gzip from its first
// call.
import { Camunda8 } from '@camunda8/sdk'
import { grpcAddress, httpAddress, runAll } from './lib.mjs'
import { scenarios } from './grpc_scenarios.mjs'

const camunda = new Camunda8({
    ZEEBE_GRPC_ADDRESS: `grpc://${grpcAddress}`,
    ZEEBE_REST_ADDRESS: `http://${httpAddress}`,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
    ZEEBE_CLIENT_LOG_LEVEL: 'NONE',
    zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE', ZEEBE_GRPC_CLIENT_RETRY: false },
})
const client = camunda.getZeebeGrpcApiClient()
process.exit(await runAll('sdk', scenarios('sdk', client)) ? 1 : 0)
