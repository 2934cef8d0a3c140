// Dark or light: as the system has it, or as chosen.
import { signal } from '@preact/signals'

const KEY = 'fermata.theme'
type Theme = 'light' | 'dark'
const system = matchMedia('(prefers-color-scheme: dark)')

function stored(name: string): string | null {
    try {
        return localStorage.getItem(name)
    } catch {
        return null // storage can be forbidden; then a choice lasts as long as the tab
    }
}

export function remember(name: string, value: string) {
    try {
        localStorage.setItem(name, value)
    } catch {
        // see stored()
    }
}
export const recall = stored

export const theme = signal<Theme>((stored(KEY) as Theme | null) ?? (system.matches ? 'dark' : 'light'))
theme.subscribe((t) => (document.documentElement.dataset.theme = t))
system.addEventListener('change', (e) => !stored(KEY) && (theme.value = e.matches ? 'dark' : 'light'))

export function toggleTheme() {
    theme.value = theme.value === 'dark' ? 'light' : 'dark'
    remember(KEY, theme.value)
}
