import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { actionCommand, describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE } from '../stage';

const DELETE = actionCommand('delete');
const ADELE = PEOPLE.withoutRoles;
const QUESTION = 'Delete Adele Vantongeren from Acme?';
const BUTTON = 'Delete Adele Vantongeren';
const TYPED = "Acme is a production tenant. To confirm deletion, type the identity's name: Adele Vantongeren";

describeCommand(DELETE, () => {
  describe('in production', () => {
    const s = useStage({ tenant: { environment: 'production' } });

    it('deletes after the name was typed', async () => {
      s().ui.on(QUESTION, BUTTON).on(TYPED, 'Adele Vantongeren');
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().sent('deleteIdentity'), 1);
      assert.equal(s().writes(), 1);
      assert.equal(s().demo.world.exists(ADELE), false);
      assert.equal(s().ui.askedAbout(TYPED)?.detail, 'Delete Adele Vantongeren from Acme');
      assert.match(s().ui.askedAbout(QUESTION)?.detail ?? '', /\n\nAcme is a production tenant\.\n\n/);
    });

    for (const typed of ['', ' ', 'Adele', 'adele vantongeren', 'Acme', 'Adele Vantongeren!', 'Aada Koskivaara']) {
      it(`deletes nobody when "${typed}" is typed for the name`, async () => {
        s().ui.on(QUESTION, BUTTON).on(TYPED, typed, DISMISS);
        await s().run(DELETE, s().row(ADELE));
        assert.equal(s().writes(), 0);
        assert.equal(s().demo.world.exists(ADELE), true);
        assert.deepEqual(s().ui.refusals, ['Type Adele Vantongeren']);
        assert.deepEqual(s().changes, []);
      });
    }

    it('deletes nobody when the name is not typed at all', async () => {
      s().ui.on(QUESTION, BUTTON).on(TYPED, DISMISS);
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().writes(), 0);
    });

    it('asks for the name as the service has it, not as the caller says it', async () => {
      s().ui.on(QUESTION, BUTTON).on(TYPED, 'Somebody Else', DISMISS);
      await s().run(DELETE, s().target(ADELE, 'Somebody Else'));
      assert.equal(s().writes(), 0);
    });
  });

  describe('in a sandbox and in the demo tenant', () => {
    const s = useStage();

    it('does not ask for the name', async () => {
      s().ui.on(QUESTION, BUTTON);
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().sent('deleteIdentity'), 1);
    });

    it('does not ask for the name in the demo tenant', async () => {
      s().store.update(s().acme.id, { kind: 'demo', environment: 'production' });
      s().ui.on(QUESTION, BUTTON);
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().sent('deleteIdentity'), 1);
    });

    it('refuses who owns something before it asks, and leads to what that is', async () => {
      s().ui.on(
        'Could not delete Ada Winterbourne from Acme: owner of 3 roles, 3 sources and 1 certification campaign. Assign other owners in ISC first.',
        'Show what Ada Winterbourne owns',
      );
      await s().run(DELETE, s().row(PEOPLE.ada));
      assert.equal(s().writes(), 0);
      const [[command, target] = []] = s().workbench.ran;
      assert.equal(command, COMMANDS.showOwned);
      assert.equal((target as { identity: { id: string } }).identity.id, s().person(PEOPLE.ada).id);
    });

    it('refuses who is protected before it asks', async () => {
      s().ui.on('Could not delete Adisa Balogunde from Acme: protected.');
      await s().run(DELETE, s().row(PEOPLE.protected));
      assert.equal(s().writes(), 0);
    });

    it('deletes nobody when it cannot be checked what stands in the way', async () => {
      s().demo.faults.add({ operation: 'getIdentityOwnershipDetails', kind: 'status', status: 403 });
      s().ui.on(/^Could not run the checks for Adele Vantongeren: /);
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().writes(), 0);
    });

    it('says that somebody else did it, when the identity was gone by the time it was confirmed', async () => {
      const ask = s().ui.ask.bind(s().ui);
      s().ui.ask = (...given) => {
        s().demo.world.delete(ADELE);
        return ask(...given);
      };
      s().ui.on(QUESTION, BUTTON);
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().sent('deleteIdentity'), 1);
      assert.deepEqual(s().ui.said, ['$(check) Adele Vantongeren was already deleted from Acme']);
    });

    it('looks whether it happened when the answer is lost, and sends it once', async () => {
      s().demo.faults.add({ operation: 'deleteIdentity', kind: 'resetAfter' });
      s().ui.on(QUESTION, BUTTON);
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().sent('deleteIdentity'), 1);
      assert.deepEqual(s().ui.said, ['$(check) Adele Vantongeren deleted from Acme']);
      assert.deepEqual(
        s().changes.map(({ kind }) => kind),
        ['deleted'],
      );
    });

    it('says that it may have happened when the answer is lost and nobody is gone, and does not send it again', async () => {
      s().demo.faults.add({ operation: 'deleteIdentity', kind: 'resetBefore' });
      s().ui.on(QUESTION, BUTTON);
      s().ui.on(/The request may have taken effect anyway: check before you try again\./);
      await s().run(DELETE, s().row(ADELE));
      assert.equal(s().sent('deleteIdentity'), 1);
      assert.deepEqual(
        s().changes.map(({ kind }) => kind),
        ['identity'],
      );
    });
  });
});
