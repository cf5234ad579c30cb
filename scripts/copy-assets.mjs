// Puts the SQL migrations and the page's style beside the code that reads them and makes the binary executable.
import { chmodSync, cpSync } from 'node:fs';

cpSync('src/core/store/migrations', 'dist/core/store/migrations', { recursive: true });
cpSync('src/analysis/report/page/page.css', 'dist/analysis/report/page/page.css');
chmodSync('dist/cli/main.js', 0o755);
