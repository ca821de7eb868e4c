import type { Client } from '../../api/client';
import type { Column } from '../../lists/columns';
import type { Facts } from '../../lists/facts';
import { fetchGroups, type Groups } from '../../lists/groups';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { countedText } from './cells';
import type { Gathering } from './gathering';
import { countValues, MOST_GROUPS, type Counted } from './groups';
import type { TableView } from './view';

interface CountDeps {
  readonly client: () => Promise<Client>;
  readonly gathering: Gathering;
  readonly view: TableView;
  readonly factsOf: (identityId: string) => Facts | undefined;
}

/** Counts the values of a column: of all identities by Search where only some are loaded, or else of those that are. */
export class CountedGroups {
  /** What Search counted, by the key of the column; each is asked for once. */
  private told = new Map<string, Promise<Groups | undefined>>();

  constructor(private readonly deps: CountDeps) {}

  async count(column: Column): Promise<Counted> {
    const { gathering, view, factsOf } = this.deps;
    const counted = await this.countAll(column);
    if (counted) return counted;
    const shown = await view.peopleBeside(column.key);
    const { needs } = column;
    const people = needs ? shown.filter(({ key }) => Object.hasOwn(factsOf(key) ?? {}, needs)) : shown;
    if (people.length < shown.length) {
      const known = await countValues(people, column, factsOf);
      return {
        ...known,
        words: t(
          'Counted among the {0} of {1} identities for which it is loaded.',
          formatNumber(people.length),
          formatNumber(shown.length),
        ),
      };
    }
    const loaded = gathering.entries.filter(({ identity }) => identity).length;
    const values = await countValues(people, column, factsOf);
    return { ...values, words: this.wordsFor(people.length, people.length < loaded) };
  }

  forget(): void {
    this.told = new Map();
  }

  /** By Search; undefined where all are loaded, a filter narrows them, or Search cannot count them. */
  private async countAll(column: Column): Promise<Counted | undefined> {
    const { isWhole, query } = this.deps.gathering;
    const { filter, filters } = this.deps.view;
    const isNarrowed = filter.trim() !== '' || [...filters.keys()].some((key) => key !== column.key);
    if (isWhole || isNarrowed || !query) return undefined;
    const asked = this.told.get(column.key) ?? this.fetch(column.key);
    this.told.set(column.key, asked);
    const found = await asked;
    if (!found) return undefined;
    const groups = found.groups.map(({ value, count }) => ({ value: countedText(column, value), count }));
    const unknown = found.withoutValue ? [{ value: '', count: found.withoutValue }] : [];
    return {
      groups: [...groups, ...unknown].sort((a, b) => b.count - a.count),
      others: found.others,
      words: t('Counted by the search index among all {0} identities that it knows.', formatNumber(found.total)),
    };
  }

  private async fetch(key: string): Promise<Groups | undefined> {
    const { client, gathering } = this.deps;
    if (!gathering.query) return undefined;
    try {
      return await fetchGroups(await client(), gathering.query, key, { size: MOST_GROUPS });
    } catch {
      // Where Search cannot be asked, those that are loaded are counted, and it is said that it is those.
      return undefined;
    }
  }

  private wordsFor(people: number, isNarrowed: boolean): PlainText {
    const { isWhole, isShort, total } = this.deps.gathering;
    const counted = formatNumber(people);
    if (isNarrowed) {
      return plural(people, {
        one: () => t('Counted among the 1 identity that matches.'),
        other: () => t('Counted among the {0} identities that match.', counted),
      });
    }
    if (isWhole && !isShort) {
      return plural(people, {
        one: () => t('Counted among 1 identity.'),
        other: () => t('Counted among all {0} identities.', counted),
      });
    }
    return total === undefined
      ? t('Counted among the {0} identities loaded so far.', counted)
      : t('Counted among the {0} of {1} identities loaded so far.', counted, formatNumber(total));
  }
}
