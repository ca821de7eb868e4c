import { sorterWords } from '../../lists/text';
import type { Tenant } from '../../tenants/tenant';
import { conditionsOf, fromDraft, withCondition, withoutCondition, type Draft } from '../../lists/draft';
import { checkSavedList, type SavedListEntry } from '../../lists/savedLists';
import { describeCondition, describeFilter } from '../../lists/filterText';
import type { CommandDeps } from '../ui/deps';
import { sorterChoices } from './countAndSort';
import { BACK, choiceStep } from '../ui/prompts';
import { MatchCounter } from './matchCount';
import { Cancelled } from '../ui/report';
import { askNameStep, nameTaken, SCOPE_CHOICES, scopeWords } from './nameStep';
import { askCondition, askFilter, askSearch, filterMessage } from './formSteps';
import { t } from '../../text/l10n';
import type { IconButton, PickItem } from '../../ui/boxes';
import { plain, withIcon, type PlainText } from '../../text/plain';

/** What the form needs. */
type FormDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists'>;

export interface ListForm {
  readonly title: PlainText;
  /** What saving is called: the effect. */
  readonly save: PlainText;
  readonly draft: Draft;
  /** The list that is changed. */
  readonly entry?: SavedListEntry;
  /** Where its matches are counted before it is saved; the only tenant that shows it, if it has one. */
  readonly tenant: Tenant | undefined;
}

/** What a row of the form does. @returns the changed list, or BACK when nothing changed. */
type Act = (draft: Draft) => Promise<Draft | typeof BACK>;

interface Row extends PickItem {
  /** Stays the same while the form changes, so that the cursor stays where it was. */
  readonly key: string;
  readonly act?: Act;
  /** What its waste basket does. */
  readonly drop?: Act;
}

const SAVE = 'save';
const DROP: IconButton = { icon: 'trash', tooltip: t('Remove condition') };

/**
 * Asks for a list, piece by piece in any order, and shows how many people match before it is saved.
 *
 * @throws Cancelled when the form is dismissed; a dismissed question leads back to the form.
 */
export async function askList(deps: FormDeps, form: ListForm): Promise<Draft> {
  const matches = new MatchCounter(deps);
  let { draft } = form;
  let at = form.entry ? SAVE : 'add';
  for (;;) {
    const { row, act } = await show(deps, form, draft, at, matches);
    if (row.key === SAVE && act === undefined) return draft;
    at = row.key;
    const next = await act?.(draft).catch((error: unknown): typeof BACK => {
      if (error instanceof Cancelled) return BACK;
      throw error;
    });
    if (next === undefined || next === BACK) continue;
    draft = next;
    if (act === row.drop) at = 'add';
    if (row.key === SAVE && ready(deps, form, draft)) return draft;
  }
}

interface Choice {
  readonly row: Row;
  readonly act: Act | undefined;
}

function show(deps: FormDeps, form: ListForm, draft: Draft, at: string, matches: MatchCounter): Promise<Choice> {
  const list = deps.ui.createPickList<Row>({ title: form.title, placeholder: t('Select what to change') });
  const abort = new AbortController();
  const draw = (): void => {
    const active = list.active?.key ?? at;
    list.rows = rows(deps, form, draft, matches.words(draft, form.tenant));
    list.active = list.rows.find(({ key }) => key === active);
  };
  return new Promise<Choice>((resolve, reject) => {
    const counted = matches.ask(draft, form.tenant, abort.signal);
    draw();
    list.show({
      chosen: (row) => row && resolve({ row, act: row.act }),
      rowButton: (row) => resolve({ row, act: row.drop }),
      closed: () => reject(new Cancelled()),
    });
    counted.then((news) => {
      if (news && !abort.signal.aborted) draw();
    }, reject);
  }).finally(() => {
    abort.abort();
    list.close();
  });
}

function rows(deps: FormDeps, form: ListForm, draft: Draft, matches: PlainText | undefined): Row[] {
  return [
    saveRow(deps, form, draft, matches),
    separator(t('identities')),
    ...(draft.by === 'filter' ? filterRows(deps, draft) : searchRows(deps, draft)),
    separator(t('list')),
    {
      key: 'name',
      label: t('$(tag) Name: {0}', draft.name || t('not set')),
      act: changeName(deps, form),
    },
    ...(draft.by === 'filter' ? [sorterRow(deps, draft)] : []),
    tenantRow(deps, draft),
    ...(deps.workbench.hasSettings() ? [scopeRow(deps, draft)] : []),
  ];
}

/** Saves, or leads to what still keeps it from being saved. */
function saveRow(deps: FormDeps, form: ListForm, draft: Draft, matches: PlainText | undefined): Row {
  const row = {
    key: SAVE,
    label: withIcon('save', form.save),
    ...(matches === undefined ? {} : { description: matches }),
  };
  const problem = checkSavedList({ ...fromDraft(draft), name: '-' });
  if (problem) {
    const act = { search: changeSearch(deps), sorter: changeSorter(deps) }[String(problem.part)] ?? changeFilter(deps);
    return { ...row, description: t('not ready: {0}', problem.message), act };
  }
  const { scope, name } = draft;
  if (name === '') return { ...row, act: changeName(deps, form) };
  const twin = deps.lists
    .all()
    .find((other) => other !== form.entry && other.place.scope === scope && other.own.name === name);
  return twin ? { ...row, description: nameTaken(name), act: changeName(deps, form) } : row;
}

function ready(deps: FormDeps, form: ListForm, draft: Draft): boolean {
  return saveRow(deps, form, draft, undefined).act === undefined;
}

function filterRows(deps: FormDeps, draft: Draft): Row[] {
  const { filter } = draft;
  const conditions = conditionsOf(filter);
  const mistake = filterMessage(filter)?.message;
  return [
    ...(conditions ?? []).map((condition, at): Row => ({
      key: `condition ${String(at)}`,
      label: withIcon('filter', at > 0 ? t('and {0}', describeCondition(condition)) : describeCondition(condition)),
      buttons: [DROP],
      act: async (was) => withFilter(was, await askCondition(deps.ui, t('Edit condition'), condition), at),
      drop: (was) => Promise.resolve({ ...was, filter: withoutCondition(was.filter, at) }),
    })),
    ...(mistake === undefined
      ? [
          {
            key: 'add',
            label: conditions?.length === 0 ? t('$(add) Add condition') : t('$(add) Add condition'),
            ...(conditions?.length === 0 ? { description: t('without conditions, all identities are shown') } : {}),
            act: async (was: Draft) => withFilter(was, await askCondition(deps.ui, t('Add condition'))),
          },
        ]
      : []),
    {
      key: 'filter',
      label: conditions ? t('$(code) Edit filter as text') : t('$(code) Filter: {0}', describeFilter(filter)),
      ...(filter === '' || mistake !== undefined ? {} : { description: plain(filter) }),
      ...(mistake === undefined ? {} : { detail: withIcon('error', plain(mistake)) }),
      act: changeFilter(deps),
    },
    {
      key: 'by',
      label: t('$(search) Use Search instead'),
      description: t('for words inside names, departments, attributes'),
      act: changeSearch(deps),
    },
    {
      key: 'uncorrelated',
      label: draft.includeUncorrelated
        ? t('$(eye) Uncorrelated identities: shown')
        : t('$(eye-closed) Uncorrelated identities: hidden'),
      act: (was) => Promise.resolve({ ...was, includeUncorrelated: !was.includeUncorrelated }),
    },
  ];
}

function searchRows(deps: FormDeps, { search }: Draft): Row[] {
  return [
    { key: 'search', label: t('$(search) Search: {0}', search || t('not set')), act: changeSearch(deps) },
    {
      key: 'by',
      label: t('$(filter) Use a filter instead'),
      description: t('always up to date'),
      act: (was) => Promise.resolve({ ...was, by: 'filter' }),
    },
  ];
}

function withFilter(
  draft: Draft,
  condition: Awaited<ReturnType<typeof askCondition>>,
  at?: number,
): Draft | typeof BACK {
  return condition === BACK ? BACK : changed(draft, 'filter', withCondition(draft.filter, condition, at) ?? BACK);
}

/** What was typed is kept when the box is left by Back, too. */
function changeFilter({ ui }: FormDeps): Act {
  return async (draft) => {
    let left = draft.filter;
    const filter = await askFilter(ui, t('Filter'), draft.filter, (typed) => {
      left = typed;
    });
    return { ...draft, filter: (filter === BACK ? left : filter).trim() };
  };
}

function changeSearch({ ui }: FormDeps): Act {
  return async (draft) => {
    let left = draft.search;
    const search = await askSearch(ui, t('Search'), draft.search, (typed) => {
      left = typed;
    });
    return search === BACK ? { ...draft, search: left.trim() } : { ...draft, by: 'search', search: search.trim() };
  };
}

function sorterRow(deps: FormDeps, draft: Draft): Row {
  return {
    key: 'sorter',
    label: t('$(list-ordered) Sorted by: {0}', sorterWords(draft.sorter)),
    act: changeSorter(deps),
  };
}

function changeSorter({ ui }: FormDeps): Act {
  return async (draft) => {
    const choices = sorterChoices(draft.sorter);
    const question = t('Sort by what?');
    return changed(draft, 'sorter', await choiceStep(ui, place(t('Sorted by')), question, choices, draft.sorter));
  };
}

function changeName(deps: FormDeps, { entry }: ListForm): Act {
  return async (draft) => changed(draft, 'name', await askNameStep(deps, draft.name, entry?.own.name));
}

function tenantRow({ ui, store }: FormDeps, draft: Draft): Row {
  const names = store.all().map(({ name }) => name);
  const all = [...new Set([...names, ...(draft.tenant === undefined ? [] : [draft.tenant])])];
  const choices = [{ label: t('All tenants'), value: '' }, ...all.map((name) => ({ label: plain(name), value: name }))];
  return {
    key: 'tenant',
    label: t('$(organization) Shown in: {0}', draft.tenant ?? t('all tenants')),
    act: async (was) => {
      const name = await choiceStep(
        ui,
        place(t('Shown in')),
        t('Which tenants show the list?'),
        choices,
        was.tenant ?? '',
      );
      return name === BACK ? BACK : { ...was, tenant: name === '' ? undefined : name };
    },
  };
}

function scopeRow({ ui }: FormDeps, draft: Draft): Row {
  return {
    key: 'scope',
    label: t('$(settings-gear) Saved in: {0}', scopeWords(draft.scope)),
    act: async (was) =>
      changed(
        was,
        'scope',
        await choiceStep(ui, place(t('Saved in')), t('Save the list where?'), SCOPE_CHOICES, was.scope),
      ),
  };
}

function changed<K extends keyof Draft>(draft: Draft, key: K, value: Draft[K] | typeof BACK): Draft | typeof BACK {
  return value === BACK ? BACK : { ...draft, [key]: value };
}

function place(title: PlainText) {
  return { title, step: 1, totalSteps: 1, back: true };
}

function separator(label: PlainText): Row {
  return { key: `separator ${label}`, label, isSeparator: true };
}
