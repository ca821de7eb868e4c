import type { DemoTenant } from '../../src/demo/server';
import type { Workbench } from './workbench';

export interface Connecting {
  readonly name?: string;
  /** Where it is reached, when that is not the demo tenant's own address. */
  readonly baseUrl?: string;
  readonly environment?: 'production' | 'sandbox' | 'development' | 'other';
  readonly version?: 'v2024' | 'beta' | 'v1';
}

/** What a tenant is signed in to with. */
export type Signing = Pick<DemoTenant, 'clientId' | 'clientSecret'>;

/** Adds a tenant by its address and a personal access token, as a person would, and names it. It is read-only then. */
export async function connect(
  vs: Workbench,
  { baseUrl: own, clientId, clientSecret }: Signing & { readonly baseUrl: string },
  { name = 'Acme', baseUrl = own, environment = 'sandbox', version = 'v2024' }: Connecting = {},
): Promise<void> {
  await vs.palette('ISC Identities: Add tenant...');
  await vs.input(baseUrl);
  await signIn(vs, { clientId, clientSecret });
  await vs.pick(environment);
  await nameAdded(vs, name);
  if (version === 'v2024') return;
  await vs.contextMenu(vs.row(name), 'Set API version...');
  await vs.pick(version);
}

/** Answers how and with what to sign in. */
export async function signIn(vs: Workbench, { clientId, clientSecret }: Signing): Promise<void> {
  await vs.pick('Personal access token (PAT)');
  await vs.inputMessage('Client ID of the personal access token');
  await vs.input(clientId);
  await vs.inputMessage('Client secret, sent to');
  await vs.input(clientSecret);
}

/** A tenant that was just added is called as it calls itself, and unfolds by itself. */
export async function nameAdded(vs: Workbench, name = 'Acme'): Promise<void> {
  await unfolded(vs, 'demo');
  await vs.contextMenu(vs.row('demo'), 'Rename tenant...');
  await vs.inputMessage('Display name for');
  await vs.input(name);
  await unfolded(vs, name);
}

/** Until a tenant shows its lists. */
async function unfolded(vs: Workbench, name = 'Acme'): Promise<void> {
  await vs.row(name).and(vs.page.locator('[aria-expanded="true"]')).waitFor();
}

/** Begins with the demo tenant, as the welcome text offers it, its lists in sight. It unfolds to its identities by itself. */
export async function tryDemo(vs: Workbench): Promise<void> {
  const demo = vs.view().getByRole('button', { name: 'Try the demo tenant' });
  await demo.click();
  // Pressed while the window is still starting, it may do nothing.
  await demo.waitFor({ state: 'detached', timeout: 10_000 }).catch(() => demo.click());
  const all = vs.row('All identities');
  await all.and(vs.page.locator('[aria-expanded="true"]')).waitFor();
  await vs.expand(all);
  await vs.collapse(all);
}

/** Unfolds a tenant and its list of all identities. */
export async function showIdentities(vs: Workbench, name = 'Acme'): Promise<void> {
  await vs.expand(vs.row(name));
  await vs.expand(vs.row('All identities'));
}

/** Lets changes through, until the tenant is locked again. */
export async function unlock(vs: Workbench, { name = 'Acme', environment }: Connecting = {}): Promise<void> {
  await vs.contextMenu(vs.row(name), 'Unlock tenant for changes...');
  if (environment === 'production') {
    await vs.inputMessage(`${name} is a production tenant.`);
    await vs.input(name);
    await vs.pick('Until set to read-only');
  } else {
    await vs.modal(`Allow changes in ${name}`);
  }
  await vs.row(name).locator('.codicon-organization, .codicon-unlock').waitFor();
}
