// Whether the process that holds a lease is gone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isGone, thisProcess } from '../../db/processes.js';

const tagOf = (pid: number) => thisProcess.replace(` ${process.pid} `, ` ${pid} `);

describe('a process', () => {
  it('that runs is not gone', async () => {
    expect(isGone(thisProcess)).toBe(false);
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    expect(isGone(tagOf(other.pid!))).toBe(false);
    other.kill('SIGKILL');
    await once(other, 'close');
    expect(isGone(tagOf(other.pid!))).toBe(true);
  });

  it('that had our number before us is gone', () => {
    expect(isGone(thisProcess.replace(/\d+$/, '1'))).toBe(true);
  });

  it('of another machine may be there', () => {
    expect(isGone(`elsewhere ${tagOf(2 ** 22 + 1).replace(/^\S+ /, '')}`)).toBe(false);
  });
});
