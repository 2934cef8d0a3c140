// pictures.mjs - takes the pictures in docs/pictures: node pictures.mjs [BINARY by FERMATA_BINARY].
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bookshop } from './world.mjs'
import { browser, here, open, serve } from './lib.mjs'

const out = join(here, '../../docs/pictures')
mkdirSync(out, { recursive: true })
const { api, base } = await serve()
const world = await bookshop(api)
const b = await browser()
const u = await open(b, base, { viewport: { width: 1280, height: 800 } })
await u.to('')
await u.page.locator('.connection.good').waitFor()
await u.page.getByText('Incidents by message').waitFor()
await u.page.screenshot({ path: join(out, 'home.png') })
await u.to(`instances/${world.failing[0].key}`)
await u.page.locator('.count').first().waitFor()
await u.page.getByRole('button', { name: 'Why?' }).first().click()
await u.page.waitForTimeout(300)
await u.page.mouse.move(0, 0)
await u.page.screenshot({ path: join(out, 'instance.png') })
await b.close()
process.exit(0)
