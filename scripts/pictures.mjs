// npm run pictures: takes the pictures of the README, which its ui test made, over into media/readme.
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { main, root, run, say } from './processes.mjs';

await main(async () => {
  const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  await run(process.execPath, [path.join(root, 'esbuild.mjs')], { quiet: true });
  await run(process.execPath, [mocha, '--timeout', '120000', 'test/ui/readmePictures.test.ts']);
  const [from, to] = [path.join(root, 'artifacts', 'screenshots'), path.join(root, 'media', 'readme')];
  await mkdir(to, { recursive: true });
  const pictures = (await readdir(from)).filter((file) => file.startsWith('readme-'));
  for (const file of pictures) await copyFile(path.join(from, file), path.join(to, file.replace('readme-', '')));
  say(`${pictures.length} pictures in media/readme`);
});
