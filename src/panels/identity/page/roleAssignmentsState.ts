import type { IdentityRequests, RoleLink } from '../protocol';
import type { WhyAnswer } from '../../roleAssignment/protocol';
import { onScreen } from '../../shared/page/onScreen';
import { loaded, type Loaded } from '../../shared/page/resource';
import type { RolesActs, RolesState, SortBy } from './roleAssignmentsTab';
import type { Host } from '../../shared/page/rpc';

/** How the role assignments are looked at: filtered, sorted, and which of them were asked why. */
export interface RolesShown {
  readonly state: RolesState;
  readonly acts: RolesActs;
  /** Answers on the screen are asked for again, others when they are shown again. */
  readAgain(): void;
  /** The answer to "why?" of a row that has none can be had now. */
  fill(id: string): void;
  /** After each drawing: rows that are looked at are asked how they came. */
  drawn(root: ParentNode): void;
}

export function rolesShown(host: Host<IdentityRequests>, draw: () => void): RolesShown {
  const whys = new Map<string, Loaded<WhyAnswer>>();
  const open = new Set<string>();
  let filter = '';
  let sort: RolesState['sort'] = { by: 'role', descending: false };
  /** A row is asked once it is looked at; what was kept is there before. */
  const whyOf = (id: string): Loaded<WhyAnswer> => {
    const why = whys.get(id) ?? loaded(host.question('why', { id }), draw);
    whys.set(id, why);
    return why;
  };
  const ask = (id: string): void => {
    whyOf(id).first();
  };
  const looked = onScreen(ask);
  return {
    drawn: (root) => {
      looked.watch(root);
    },
    get state() {
      return { filter, sort, whyOf, open };
    },
    acts: {
      filter: (text: string) => {
        filter = text;
        draw();
      },
      sort: (by: SortBy) => {
        sort = { by, descending: sort.by === by && !sort.descending };
        draw();
      },
      toggle: (id: string) => {
        if (open.delete(id)) {
          draw();
          return;
        }
        open.add(id);
        ask(id);
        draw();
      },
      openRole: (link: RoleLink) => {
        // What opens the panel says what went wrong.
        void host.call('openRoleAssignment', link).catch(() => undefined);
      },
    },
    fill: (id) => {
      const why = whys.get(id);
      if (why?.failure) why.again();
    },
    readAgain: () => {
      for (const [id, why] of whys) {
        if (open.has(id) || looked.now.has(id)) why.again();
        else why.stale();
      }
    },
  };
}
