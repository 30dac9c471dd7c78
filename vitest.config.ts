import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The packages import each other by name; tests run what is in src, not what was bundled of it. */
const clients = fileURLToPath(new URL('clients', import.meta.url))

/** Where each version of React is: the newest is the repository's own. */
const reacts = [{ name: 'react17', alias: reactOf('17') }, { name: 'react18', alias: reactOf('18') }, { name: 'react19', alias: [] }]

function reactOf(version: string): { find: RegExp; replacement: string }[] {
  return [{ find: /^(react(-dom)?)(?=$|\/)/, replacement: `${clients}/testing/react${version}/node_modules/$1` }]
}

/**
 * `unit` needs nothing; `react…` neither, and runs the same tests on each version of React. `imgproxy` (imgproxy's own client) and `browser` (real browsers) drive the real binary: make build first.
 * `wordpress` needs a rig that runs: make test-wordpress-live.
 */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@gip4all\/([a-z]+)$/, replacement: `${clients}/$1/src/index.ts` },
      { find: /^@gip4all\/([a-z]+)\/([a-z]+)$/, replacement: `${clients}/$1/src/$2.ts` },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['clients/*/test/*.test.ts', 'sw/test/unit/**/*.test.ts', 'wordpress-plugin/tests/script/*.test.ts'],
        },
      },
      ...reacts.map(({ name, alias }) => ({
        extends: true as const,
        resolve: { alias },
        test: { name, environment: 'jsdom', include: ['clients/react/test/*.test.tsx'] },
      })),
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
          include: ['sw/test/browser/**/*.test.ts', 'clients/*/test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // One browser at a time: on a small machine two would only measure each other.
          fileParallelism: false,
        },
      },
    ],
  },
})
