import { ApiError } from '../../api/errors';
import { mistakeIn, narrowed, planQuery, type Asking, type QueryPlan, type SearchAsking } from '../../find/query';
import type { Tenant } from '../../tenants/tenant';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import type { IconButton, PickList } from '../../ui/boxes';
import type { CommandDeps } from '../ui/deps';
import { Cancelled } from '../ui/report';
import { answerItems, keyOf, mistakeItem, offer, personOf, recentItems, type Chosen, type Item } from './items';
import { searchTenant, withTotal, type Answered } from './searchTenant';
import { titleOf, titleOfHaving } from './title';

/** Milliseconds without a keystroke before the service is asked. */
const DEBOUNCE_MS = 150;

/** A row beside the people, shown while nothing is typed, that goes on in another way. */
export interface Alternative {
  readonly label: PlainText;
  readonly detail: PlainText;
}

/** Everybody who has a role: asked while nothing is typed, and narrowed by what is. */
export interface Having {
  readonly asking: SearchAsking;
  readonly name: string;
}

export interface SearchBox {
  readonly tenants: readonly Tenant[];
  readonly title: PlainText;
  readonly text?: string;
  readonly other?: Alternative;
  readonly having?: Having | undefined;
  /** What was opened and asked before; with it the box is the one for finding, with all it offers. */
  readonly recent?: CommandDeps['recent'];
}

const CHOOSE_TENANT: IconButton = { icon: 'organization', tooltip: t('Select tenant') };

/**
 * Finds people by typing, in one tenant or several. The newest text wins: older questions are aborted, so that each
 * tenant has at most one under way.
 *
 * @throws Cancelled when dismissed. A failed search is said in the list, and typing on tries again.
 */
export function searchBox({ ui, clients }: Pick<CommandDeps, 'ui' | 'clients'>, box: SearchBox): Promise<Chosen> {
  const { tenants, recent, having } = box;
  const pick = ui.createPickList<Item>({
    title: box.title,
    placeholder: having
      ? t('Words or a query to narrow the list')
      : t('ID, email, alias, start of a name, or a query such as attributes.city:Austin'),
    value: box.text ?? '',
    button: recent && !having ? CHOOSE_TENANT : undefined,
    // On the way to an action it stays, whatever takes the focus; the box for finding goes away by a click beside it.
    closesByFocus: recent !== undefined,
    keepsOrder: true,
  });
  let asked = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  /** What the shown rows answer. Enter while a newer text is on its way must not take one of them. */
  let answered: string | undefined;
  /** What is asked or shown, exactly as it stands in the box. */
  let current: string | undefined;
  /** Taken from rows of an older text: accepted once the newer text finds the same, and only then. */
  let wanted: string | undefined;

  let accept: (chosen: Chosen) => void = () => undefined;

  const say = (rows: readonly Item[], text: string, title = box.title): void => {
    pick.busy = false;
    pick.rows = rows;
    pick.title = title;
    answered = text;
  };

  const show = async (instead?: Asking): Promise<void> => {
    asked.abort();
    const { signal } = (asked = new AbortController());
    const typed = (current = pick.value);
    const text = typed.trim();
    const known = text === '' && recent && !having ? recentItems(recent, tenants) : [];
    if (known.length > 0) return say(known, text);
    const mistake = mistakeIn(typed);
    if (mistake) return say([mistakeItem(mistake, typed)], text);
    pick.busy = true;
    try {
      const plan = planFor(text, having, instead);
      const answers = await Promise.all(tenants.map((tenant) => searchTenant(clients, tenant, plan, signal)));
      if (signal.aborted) return;
      drawAnswers(pick, box, answers, text);
      answered = text;
      const again = wanted === undefined ? undefined : pick.rows.find((item) => personOf(item) === wanted);
      wanted = undefined;
      if (again?.chosen) return accept(again.chosen);
      pick.busy = false;
      if (!recent || answers.every(({ used, total }) => !used || total !== undefined)) return;
      const counted = await Promise.all(answers.map((answer) => withTotal(clients, answer, signal)));
      if (!signal.aborted) drawAnswers(pick, box, counted, text, pick.active);
    } catch (error) {
      if (!signal.aborted && !ApiError.is(error, 'cancelled')) throw error;
    } finally {
      if (!signal.aborted) pick.busy = false;
    }
  };

  return new Promise<Chosen>((resolve, reject) => {
    accept = resolve;
    const start = (instead?: Asking): void => void show(instead).catch(reject);
    pick.show({
      typed: (value) => {
        // VS Code tells of a text that was put there by us, too.
        if (value === current) return;
        current = undefined;
        asked.abort();
        answered = undefined;
        wanted = undefined;
        clearTimeout(timer);
        timer = setTimeout(start, DEBOUNCE_MS);
      },
      chosen: (item) => {
        if (answered !== pick.value.trim()) {
          wanted = item && personMeant(item, pick.rows);
          return;
        }
        if (item?.chosen) resolve(item.chosen);
        else if (item?.instead) start(item.instead);
        else if (item?.text !== undefined) {
          pick.value = item.text;
          start();
        }
      },
      rowButton: ({ acts }, at) => {
        const act = acts?.[at];
        if (act) resolve(act);
      },
      button: () => resolve({ kind: 'tenants', text: pick.value }),
      closed: () => reject(new Cancelled()),
    });
    start();
  }).finally(() => {
    clearTimeout(timer);
    asked.abort();
    pick.close();
  });
}

function planFor(text: string, having: Having | undefined, instead: Asking | undefined): QueryPlan {
  if (instead) return { primary: instead, fallback: undefined };
  return having ? { primary: narrowed(having.asking, text), fallback: undefined } : planQuery(text);
}

/** Puts answers into the box. The cursor begins at the first person, and stays where it is when numbers come later. */
function drawAnswers(
  pick: PickList<Item>,
  { title, other, having, recent }: SearchBox,
  answers: readonly Answered[],
  text: string,
  active?: Item,
): void {
  const isForFinding = recent !== undefined;
  pick.rows = [
    ...(other && text === '' ? [offer(other.label, 'organization', other.detail, { chosen: { kind: 'other' } })] : []),
    ...answerItems(answers, { text, isForFinding, having: having?.name }),
  ];
  if (isForFinding) {
    const isActive = (item: Item): boolean => (active ? keyOf(item) === keyOf(active) : personOf(item) !== undefined);
    pick.active = pick.rows.find(isActive);
  }
  pick.title = having ? titleOfHaving(having.name, answers, text) : titleOf(title, answers, text);
}

/** VS Code puts the cursor on the first row at every letter. Where that opens all as a list, the first person is meant. */
function personMeant(item: Item, rows: readonly Item[]): string | undefined {
  if (item.chosen?.kind !== 'list') return personOf(item);
  return rows.map(personOf).find((person) => person !== undefined);
}
