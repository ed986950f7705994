// One run of all tests. Tests that need ../shared say so and are skipped where it is missing. `.ci/run` reads the count from
// .cache/vitest.json.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Only what hangs meets these: a machine that is busy with other things takes many times longer than an idle one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
  },
});
