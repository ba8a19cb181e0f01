import type { Metafile, Plugin } from 'esbuild';
import { bundle, bundleInto } from './bundle';

/** Bundles the custom-resource handler. */
export async function bundleHandler(directory: string): Promise<Metafile> {
  return bundle(directory, {
    entryPoints: ['lib/custom-resources/handlers/index.ts'],
    target: 'node22',
    plugins: [withoutWhatIsNeverReached],
  });
}

/** Parts of the SDK that the handler never comes to, by the name under which the SDK imports them, and what stands in their place. */
const NEVER_REACHED: Record<string, string> = {
  // The default chain (SSO, profiles, processes, web identity, instance metadata) would be half of the bundle. The handler has its own provider.
  '@aws-sdk/credential-provider-node': 'export const defaultProvider = () => async () => { throw new Error("this bundle takes credentials from its own provider only"); };',
  // Imported on demand, by services with event streams. AppFlow has none.
  '@smithy/core/event-streams': 'export {};',
};

const withoutWhatIsNeverReached: Plugin = {
  name: 'without-what-is-never-reached',
  setup(esbuild) {
    const namespace = 'never-reached';
    esbuild.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path }) => path in NEVER_REACHED ? { path, namespace, sideEffects: false } : undefined);
    esbuild.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: NEVER_REACHED[path] }));
  },
};

if (require.main === module) {
  bundleInto('appflow-handler', bundleHandler);
}
