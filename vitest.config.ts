import { defineConfig } from 'vitest/config'

/**
 * `unit` needs nothing. `wordpress` needs a rig that runs: make test-wordpress-live. `imgproxy` (imgproxy's own client) and `browser` (real browsers) drive the real binary: make build first.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['clients/*/test/**/*.test.ts', 'sw/test/unit/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'imgproxy',
          environment: 'node',
          include: ['clients/imgproxy/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'wordpress',
          environment: 'node',
          include: ['wordpress-plugin/tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['sw/test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // One browser at a time: on a small machine two would only measure each other.
          fileParallelism: false,
        },
      },
    ],
  },
})
