import { buildSync } from 'esbuild';

const result = buildSync({
  entryPoints: ['lib/custom-resources/handlers/index.ts'],
  outfile: 'assets/appflow-handler/index.js',
  bundle: true,
  platform: 'node',
  target: 'node22',
  minify: true,
  logLevel: 'warning',
});
if (result.warnings.length > 0) {
  process.exit(1);
}
