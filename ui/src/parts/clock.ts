// The clock of the engine, ahead of everybody's.
import { post } from '../core/api'
import { refresh } from '../core/live'
import { attempt } from './basics'

export const CLOCK_STEPS: [string, number][] = [
    ['1 minute', 60e3], ['1 hour', 3600e3], ['1 day', 86400e3], ['7 days', 7 * 86400e3], ['30 days', 30 * 86400e3],
]

export const advanceClock = (name: string, milliseconds: number) =>
    attempt('The clock stays as it is', `The clock is ${name} ahead`, () => post('/clock/advance', { milliseconds })).then(refresh)

export const resetClock = () => attempt('The clock stays as it is', "The clock goes as everybody's does", () => post('/clock/reset')).then(refresh)
