import { after, before, describe } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import type { Hand } from './hand';
import { performJobs } from './jobSteps';

describe('jobs and their steps, from the first start', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 300 })]);
    await vs.openView();
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  const offered = (button: string) => vs.view().getByRole('button', { name: button, exact: true });
  /** As at the first start: nothing is left of what was done by mouse. */
  const without =
    (tenant: string) =>
    async (by: 'mouse' | 'keyboard'): Promise<void> => {
      if (by === 'keyboard') {
        await vs.contextMenu(vs.row(tenant), 'Remove tenant...');
        await vs.modal(`Remove ${tenant}`);
      }
      await offered('Try the demo tenant').waitFor();
    };
  const firstPerson = () => vs.view().locator('.monaco-list-row[aria-level="3"] .label-name').first();

  async function answer(hand: Hand): Promise<void> {
    await hand.input('the host', acme.baseUrl);
    await hand.pick('Personal access token (PAT)');
    await vs.inputMessage('Client ID of the personal access token');
    await hand.input('the client ID', acme.clientId);
    await vs.inputMessage('Client secret, sent to');
    await hand.input('the client secret', acme.clientSecret);
    await hand.pick('sandbox');
    await vs.row('demo').and(vs.page.locator('[aria-expanded="true"]')).waitFor();
  }
  const twoBoxes = [6, 'client ID and client secret are two boxes of one step'] as const;

  performJobs('first', () => vs, [
    {
      name: 'first start to the first identity on the screen',
      most: 2,
      ready: without('Demo tenant'),
      mouse: async (hand) => {
        const demo = offered('Try the demo tenant');
        await hand.button('Try the demo tenant', demo);
        // Pressed while the window is still starting, it may do nothing.
        await demo.waitFor({ state: 'detached', timeout: 10_000 }).catch(() => demo.click());
        await firstPerson().waitFor();
      },
      keyboard: async (hand) => {
        await hand.palette('Try the demo tenant');
        await firstPerson().waitFor();
      },
    },
    {
      name: 'add a tenant',
      most: 5,
      ready: async (by) => {
        if (by === 'keyboard') return without('demo')(by);
        await vs.contextMenu(vs.row('Demo tenant'), 'Remove tenant...');
        await vs.modal('Remove Demo tenant');
        await offered('Add tenant').waitFor();
      },
      mouse: async (hand) => {
        await hand.button('Add tenant', offered('Add tenant'));
        await answer(hand);
      },
      mouseMost: twoBoxes,
      keyboard: async (hand) => {
        await hand.palette('Add tenant...');
        await answer(hand);
      },
      keyboardMost: [7, `F1 and the command are two steps, and ${twoBoxes[1]}`],
    },
  ]);
});
