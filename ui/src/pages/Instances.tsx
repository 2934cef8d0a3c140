import { route } from '../core/route'
import { Head, lazy } from '../parts/basics'
import { InstanceList } from '../parts/InstanceList'

const Instance = lazy(() => import('./Instance'))

export default function Instances() {
    const key = route.value.path[1]
    if (key) return <Instance key={key} id={key} />
    return (
        <>
            <Head title="Instances" />
            <div class="page full"><InstanceList /></div>
        </>
    )
}
