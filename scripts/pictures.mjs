// npm run pictures: takes the pictures of the README, which its ui test made of the packaged extension, over into media/readme.
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { main, root, run, say } from './processes.mjs';

await main(async () => {
  const test = path.join(root, 'scripts', 'test.mjs');
  await run(process.execPath, [test, 'ui', '--vsix', '--only', 'readmePictures'], { quiet: true });
  const [from, to] = [path.join(root, 'artifacts', 'screenshots'), path.join(root, 'media', 'readme')];
  await mkdir(to, { recursive: true });
  const pictures = (await readdir(from)).filter((file) => file.startsWith('readme-'));
  for (const file of pictures) await copyFile(path.join(from, file), path.join(to, file.replace('readme-', '')));
  say(`${pictures.length} pictures in media/readme`);
});
