import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import type { BoxHeading } from '../../../../src/ui/boxes';
import { BACK_BUTTON, DISMISS, type Deed } from '../scriptedUi';
import type { Stage } from '../stage';

const HOST = 'Tenant name, host or API URL';
/** The demo tenant calls itself "demo". */
const ENVIRONMENT = 'Which environment is demo? Name and API version can be changed later.';

/** The questions of the form in order, with answers that add the demo tenant. */
function questions({ demo }: Stage): readonly (readonly [question: string, ...answers: Deed[]])[] {
  const { baseUrl, clientId, clientSecret } = demo;
  return [
    [HOST, baseUrl],
    [`How do you want to sign in to ${baseUrl}?`, 'Personal access token (PAT)'],
    [`Client ID of the personal access token for ${baseUrl}`, clientId],
    [`Client secret, sent to ${baseUrl} and stored only in VS Code's secret storage`, `${clientSecret}\n`],
    [ENVIRONMENT, 'sandbox'],
  ];
}

describeCommand(COMMANDS.addTenant, () => {
  const s = useStage();

  it('asks, tries the credentials, and stores tenant and secret, locked', async () => {
    for (const [question, ...answers] of questions(s())) s().ui.on(question, ...answers);
    await s().run(COMMANDS.addTenant);
    const [, added] = s().store.all();
    const { baseUrl, clientId, clientSecret } = s().demo;
    assert.deepEqual(
      { ...added, id: '' },
      {
        id: '',
        name: 'demo',
        baseUrl,
        version: 'v2024',
        environment: 'sandbox',
        readOnly: true,
        kind: 'isc',
        auth: 'pat',
      },
    );
    assert.deepEqual(s().secrets.kept.get(added?.id ?? ''), { kind: 'pat', clientId, clientSecret });
    assert.equal(s().sent('listIdentities'), 1);
    assert.equal(s().writes(), 0);
  });

  it('has four steps, each with its number and all but the first with Back', async () => {
    const headings: string[] = [];
    const note = ({ title, step = 0, totalSteps = 0, back = false }: BoxHeading): void =>
      void headings.push(`${title ?? ''} (${String(step)}/${String(totalSteps)})${back ? ' Back' : ''}`);
    const { ui } = s();
    const [box, list] = [ui.createInputBox.bind(ui), ui.createPickList.bind(ui)];
    ui.createInputBox = (options) => (note(options), box(options));
    ui.createPickList = (options) => (note(options), list(options));
    for (const [question, ...answers] of questions(s())) ui.on(question, ...answers);
    await s().run(COMMANDS.addTenant);
    assert.deepEqual(headings, [
      'Add tenant (1/4)',
      'Add tenant (2/4) Back',
      'Add tenant (3/4) Back',
      'Add tenant (3/4) Back',
      'Add tenant (4/4) Back',
    ]);
  });

  it('gives it a name that no other tenant has', async () => {
    s().store.put({ ...s().acme, name: 'Demo' });
    for (const [question, ...answers] of questions(s()).slice(0, -1)) s().ui.on(question, ...answers);
    s().ui.on(ENVIRONMENT.replace('demo', 'demo (2)'), 'sandbox');
    await s().run(COMMANDS.addTenant);
    assert.equal(s().store.all().at(-1)?.name, 'demo (2)');
  });

  it('takes the name of a link', async () => {
    for (const [question, ...answers] of questions(s()).slice(0, -1)) s().ui.on(question, ...answers);
    s().ui.on(ENVIRONMENT.replace('demo', 'Globex'), 'sandbox');
    await s().run(COMMANDS.addTenant, { host: 'globex', name: 'Globex' });
    assert.equal(s().store.all().at(-1)?.name, 'Globex');
  });

  it('leads to where a token is made, and keeps what was typed', async () => {
    const [host = [''], auth = [''], client = [''], secret = [''], ...more] = questions(s());
    for (const [question, ...answers] of [host, auth]) s().ui.on(question, ...answers);
    s().ui.on(client[0], { type: 'half' }, { button: true }, ...client.slice(1));
    s().ui.on(secret[0], { button: true }, ...secret.slice(1));
    for (const [question, ...answers] of more) s().ui.on(question, ...answers);
    await s().run(COMMANDS.addTenant);
    const page = 'https://documentation.sailpoint.com/saas/help/common/generate_tokens.html';
    assert.deepEqual(s().workbench.browsed, [page, page]);
    assert.equal(s().store.all().length, 2);
  });

  it('says when that page cannot be opened', async () => {
    const [host = [''], auth = [''], client = ['']] = questions(s());
    for (const [question, ...answers] of [host, auth]) s().ui.on(question, ...answers);
    s().workbench.openInBrowser = () => Promise.reject(new Error('no browser'));
    s()
      .ui.on(client[0], { button: true }, DISMISS)
      .on(/^Could not open https:\/\/documentation.*: no browser\.$/);
    await s().run(COMMANDS.addTenant);
  });

  it('takes a pasted access token instead', async () => {
    const { baseUrl } = s().demo;
    const token = s().demo.accessToken();
    s().ui.on(HOST, baseUrl).on(`How do you want to sign in to ${baseUrl}?`, 'Access token');
    s().ui.on(`Access token, sent to ${baseUrl} and stored only in VS Code's secret storage`, `Bearer ${token}`);
    s().ui.on(ENVIRONMENT, 'other');
    await s().run(COMMANDS.addTenant);
    const [, added] = s().store.all();
    assert.equal(added?.auth, 'token');
    assert.deepEqual(s().secrets.kept.get(added?.id ?? ''), { kind: 'token', accessToken: token });
  });

  for (let step = 0; step < 5; step++) {
    it(`stores nothing when question ${String(step + 1)} is dismissed`, async () => {
      const all = questions(s());
      for (const [question, ...answers] of all.slice(0, step)) s().ui.on(question, ...answers);
      s().ui.on(all[step]?.[0] ?? '', DISMISS);
      await s().run(COMMANDS.addTenant);
      assert.equal(s().store.all().length, 1);
      assert.equal(s().secrets.kept.size, 0);
    });
  }

  it('keeps the box open with what the service says of a wrong secret', async () => {
    const [host = [''], auth = [''], client = [''], secret = ['']] = questions(s());
    for (const [question, ...answers] of [host, auth, client]) s().ui.on(question, ...answers);
    s().ui.on(secret[0], 'wrong', DISMISS);
    await s().run(COMMANDS.addTenant);
    assert.equal(s().ui.refusals.length, 1);
    assert.match(
      s().ui.refusals[0] ?? '',
      /^Could not sign in to http.*ISC rejected the credentials.* Check client ID and secret\.$/,
    );
    assert.equal(s().store.all().length, 1);
    assert.equal(s().secrets.kept.size, 0);
  });

  it('keeps what was typed on the way back and forth', async () => {
    const [host = [''], auth = [''], client = [''], ...more] = questions(s());
    s()
      .ui.on(host[0], ...host.slice(1))
      .on(auth[0], ...auth.slice(1));
    s().ui.on(client[0], { type: 'half of it' }, BACK_BUTTON);
    s().ui.on(auth[0], ...auth.slice(1));
    const opened: (string | undefined)[] = [];
    const create = s().ui.createInputBox.bind(s().ui);
    s().ui.createInputBox = (options) => {
      if (options.prompt === client[0]) opened.push(options.value);
      return create(options);
    };
    for (const [question, ...answers] of [client, ...more]) s().ui.on(question, ...answers);
    await s().run(COMMANDS.addTenant);
    assert.deepEqual(opened, ['', 'half of it']);
    assert.equal(s().store.all().length, 2);
  });

  for (const [typed, said] of [
    ['', 'Enter the tenant name, host or API URL.'],
    ['ftp://acme', 'ISC is reached only over https, not ftp.'],
    [
      'https://me:secret@acme.identitynow.com',
      'Remove the user name and password from the address; you enter credentials next.',
    ],
    [
      'identitynow.com',
      'identitynow.com alone does not name a tenant: put its name in front, as in acme.identitynow.com.',
    ],
  ] as const) {
    it(`does not go on from the host "${typed}"`, async () => {
      s().ui.on(HOST, typed, DISMISS);
      await s().run(COMMANDS.addTenant);
      assert.deepEqual(s().ui.refusals, [said]);
      assert.equal(s().demo.requests.count(), 0);
    });
  }

  it('begins with the host of a link, and with nothing else a caller gives', async () => {
    const values: (string | undefined)[] = [];
    const create = s().ui.createInputBox.bind(s().ui);
    s().ui.createInputBox = (options) => {
      values.push(options.value);
      return create(options);
    };
    s().ui.on(HOST, DISMISS);
    await s().run(COMMANDS.addTenant, { host: 'acme', name: 'Acme', secret: 'x', clientId: 'y' });
    s().ui.on(HOST, DISMISS);
    await s().run(COMMANDS.addTenant, { host: 7 });
    assert.deepEqual(values, ['acme', '']);
  });
});

describeCommand(COMMANDS.tryDemo, () => {
  const s = useStage();

  it('adds a writable demo tenant, once', async () => {
    await s().run(COMMANDS.tryDemo);
    await s().run(COMMANDS.tryDemo);
    const [, demo, ...more] = s().store.all();
    assert.deepEqual([demo?.name, demo?.kind, demo?.readOnly, more.length], ['Demo tenant', 'demo', false, 0]);
    assert.equal(s().secrets.kept.size, 0);
  });
});

describeCommand(COMMANDS.signIn, () => {
  const s = useStage();

  /** Up to the secret, of a tenant by PAT. */
  function answerUntilSecret(): string {
    const { baseUrl, clientId } = s().demo;
    s().ui.on(`How do you want to sign in to ${baseUrl}?`, 'Personal access token (PAT)');
    s().ui.on(`Client ID of the personal access token for ${baseUrl}`, clientId);
    return `Client secret, sent to ${baseUrl} and stored only in VS Code's secret storage`;
  }

  it('tries new credentials and keeps them for the tenant of the row', async () => {
    const { clientId, clientSecret } = s().demo;
    s().ui.on(answerUntilSecret(), clientSecret);
    await s().run(COMMANDS.signIn, s().tenantRow());
    assert.deepEqual(s().secrets.kept.get(s().acme.id), { kind: 'pat', clientId, clientSecret });
    assert.equal(s().ui.asked[0]?.detail, 'Sign in to Acme');
  });

  it('leaves the old credentials when it is dismissed or they are refused', async () => {
    const old = { kind: 'token', accessToken: 'old' } as const;
    s().secrets.kept.set(s().acme.id, old);
    s().ui.on(answerUntilSecret(), 'wrong', DISMISS);
    await s().run(COMMANDS.signIn, s().tenantRow());
    assert.equal(s().secrets.kept.get(s().acme.id), old);
  });

  it('stores nothing for a tenant that was removed while its credentials were typed', async () => {
    const secret = answerUntilSecret();
    const create = s().ui.createInputBox.bind(s().ui);
    s().ui.createInputBox = (options) => {
      if (options.prompt === secret) void s().store.remove(s().acme.id);
      return create(options);
    };
    s().ui.on(secret, s().demo.clientSecret);
    await s().run(COMMANDS.signIn, s().tenantRow());
    assert.equal(s().secrets.kept.size, 0);
    assert.deepEqual(s().store.all(), []);
  });

  it('asks before credentials go to another address than the one they were given for', async () => {
    s().secrets.elsewhere.set(s().acme.id, 'https://acme.api.identitynow.com');
    const question = `Send the credentials of Acme to ${s().acme.baseUrl} from now on?`;
    s().ui.on(question, DISMISS);
    await s().run(COMMANDS.signIn, { tenantId: s().acme.id });
    assert.equal(s().secrets.elsewhere.size, 1);
    s().ui.on(question, 'Send to the new address');
    await s().run(COMMANDS.signIn, { tenantId: s().acme.id });
    assert.equal(s().secrets.elsewhere.size, 0);
    assert.match(s().ui.asked[0]?.detail ?? '', /^They were entered for https:\/\/acme\.api\.identitynow\.com\.\n\n/);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('starts the demo tenant anew instead of asking for its credentials', async () => {
    s().store.update(s().acme.id, { kind: 'demo' });
    await s().run(COMMANDS.signIn, s().tenantRow());
    assert.deepEqual(s().opened, [['forgotten', s().acme.id]]);
  });
});
