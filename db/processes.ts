// Which process holds a lease, and whether it is still there: so that work goes on at once after a crash, where the same machine
// carries it on, and not only when the lease has run out.
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Machine with its process namespace (two containers may share a name), process id, and when it began. */
export const thisProcess = [hostname(), processNamespace(), process.pid, Math.round(performance.timeOrigin)].join(' ');

/** Whether the process that `tag` names ran on this machine and is gone. Of other machines nothing is known: false. */
export function isGone(tag: string): boolean {
  const [machine, namespace, pid] = tag.split(' ');
  if (machine !== hostname() || namespace !== processNamespace() || tag === thisProcess) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '-';
  }
}
