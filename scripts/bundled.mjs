// What the package holds of other packages, by what the bundler read of them: their licenses, and a bill of materials.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const NOTICES = 'THIRD-PARTY-NOTICES.txt';
const MATERIALS = 'sbom.cdx.json';

/**
 * Writes both into a folder; the same packages give the same bytes, wherever and whenever.
 * @param metafiles esbuild's accounts of the bundles
 * @param copied packages of which files are shipped as they are
 * @throws {Error} when a package has no license text: its notice could not be shipped
 */
export async function describeBundled(metafiles, copied, folder) {
  const taken = metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageOf));
  const folders = new Set([...taken, ...copied.map((name) => `node_modules/${name}`)]);
  const packages = (await Promise.all([...folders].map(readPackage))).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await writeFile(path.join(folder, NOTICES), toNotices(packages));
  await writeFile(path.join(folder, MATERIALS), `${JSON.stringify(await toMaterials(packages), null, 2)}\n`);
}

/** The folder of the package that a file is of; none for the project's own. */
function packageOf(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [];
}

const keyOf = ({ name, version }) => `${name}@${version}`;

async function readPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const read = async (file) => (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
  const files = (await readdir(folder)).sort();
  const texts = await Promise.all(files.filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).map(read));
  // Some have theirs at the end of the README.
  const readme = files.find((file) => /^readme/i.test(file));
  const within = readme && /^(?:#+ *licen[cs]e *|licen[cs]e *\n-+)$[^]*/im.exec(await read(readme))?.[0];
  const text = texts.length > 0 ? texts.join('\n\n') : within;
  if (!text) throw new Error(`${folder} has no license text`);
  return { name, version, license, text };
}

function toNotices(packages) {
  const parts = packages.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  return `ISC Identities contains parts of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** CycloneDX 1.5, without a time and a serial number of its own: they would differ from build to build. */
async function toMaterials(packages) {
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8'));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': `${name}@${version}`, name, version } },
    components: packages.map(toComponent),
  };
}

function toComponent({ name, version, license }) {
  const [scope, bare] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${bare}@${version}`;
  // One license has an id; "A OR B" is an expression.
  const known = /\s/.test(license) ? { expression: license } : { license: { id: license } };
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope === undefined ? {} : { group: scope }),
    name: bare,
    version,
    purl,
    licenses: [known],
  };
}
