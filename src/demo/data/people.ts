import { FEATURED } from './showcasePeople';
import { asciiName, CULTURES, FIRST_PER_CULTURE, LAST_PER_CULTURE, SPECIAL_NAMES } from './names';
import { DEPARTMENTS, EXECUTIVE, LOCATIONS, type Department, type Location } from './organisation';
import { hex, hash32, permutation, pick } from './random';

/** What each hash is for; changing one changes everybody. */
const SALT = {
  special: 1,
  status: 2,
  error: 3,
  protected: 4,
  location: 5,
  title: 6,
  email: 7,
  leave: 8,
  type: 9,
  joined: 10,
};

const PER_CULTURE = FIRST_PER_CULTURE * LAST_PER_CULTURE;
const COMBINATIONS = CULTURES.length * PER_CULTURE;
const ONE_SPECIAL_IN = 64;
const TEAM_SIZE = 8;
/** Indices 1…8 lead a division each, 9…72 a department each. */
const LAST_DEPARTMENT_HEAD = TEAM_SIZE + TEAM_SIZE * TEAM_SIZE;

/** Cumulative, in thousandths. */
const STATUS_SHARES: readonly (readonly [number, string])[] = [
  [740, 'ACTIVE'],
  [820, 'REGISTERED'],
  [870, 'UNREGISTERED'],
  [900, 'PENDING'],
  [925, 'LOCKED'],
  [955, 'DISABLED'],
  [980, 'TERMINATED'],
  [990, 'WARNING'],
  [996, 'DEACTIVATED'],
  [1000, 'ERROR'],
];

export const STATUSES: readonly string[] = STATUS_SHARES.map(([, status]) => status);

export interface PersonName {
  readonly display: string;
  readonly first: string;
  readonly last: string;
}

/** What a seed and a number of identities make of an index. Every member is computed, nothing is stored per person. */
export interface People {
  /** Correlated ones come first: 0…correlated-1. */
  readonly correlated: number;
  /** Correlated and uncorrelated together. */
  readonly size: number;
  readonly seed: number;
  hash(index: number, salt: number): number;
  id(index: number): string;
  /** The first eight digits of the id as a number: different for everybody, and enough to order ids. */
  idWord(index: number): number;
  /** The index an id belongs to, or undefined. */
  indexOfId(id: string): number | undefined;
  /** Which of `names` a person has; several people share one name once there are more people than names. */
  nameKey(index: number): number;
  readonly names: readonly PersonName[];
  name(index: number): PersonName;
  alias(index: number): string;
  /** The part of an alias that comes from the name, by name key. */
  aliasStem(nameKey: number): string;
  /** The digits that tell people of one name apart; empty for the first of them. */
  aliasNumber(index: number): string;
  /** The index an alias (in any letter case) belongs to, or undefined. */
  indexOfAlias(alias: string): number | undefined;
  email(index: number): string | null;
  status(index: number): string;
  lifecycle(index: number): string | null;
  processingError(index: number): boolean;
  isCorrelated(index: number): boolean;
  isProtected(index: number): boolean;
  manager(index: number): number | undefined;
  isManager(index: number): boolean;
  department(index: number): Department;
  title(index: number): string;
  location(index: number): Location;
  isContractor(index: number): boolean;
}

/** Every name there is: combinations, then the special ones, then the featured people. */
function allNames(): PersonName[] {
  const names: PersonName[] = [];
  for (let combination = 0; combination < COMBINATIONS; combination++) {
    const culture = CULTURES[Math.floor(combination / PER_CULTURE)] as (typeof CULTURES)[number];
    const within = combination % PER_CULTURE;
    const first = culture.first[Math.floor(within / LAST_PER_CULTURE)] as string;
    const last = culture.last[within % LAST_PER_CULTURE] as string;
    names.push({ display: `${first} ${last}`, first, last });
  }
  for (const [display, first, last] of SPECIAL_NAMES) names.push({ display, first, last });
  for (const { first, last } of FEATURED) names.push({ display: `${first} ${last}`, first, last });
  return names;
}

/** `identities` is the number of correlated ones; 1.5 % uncorrelated ones come on top. */
export function createPeople({ identities, seed }: { identities: number; seed: number }): People {
  const correlated = identities;
  const size = identities + Math.round(identities * 0.015);
  const names = allNames();
  const shuffle = permutation(COMBINATIONS, hash32(seed, 1));
  const ids = permutation(2 ** 32, hash32(seed, 2));
  const stemList: string[] = [];
  let stems: Map<string, number> | undefined;

  const hash = (index: number, salt: number): number => hash32(seed, index, salt);
  const featured = (index: number) => (index < correlated ? FEATURED[index] : undefined);
  const isSpecial = (index: number): boolean => hash(index, SALT.special) % ONE_SPECIAL_IN === 0;

  const nameKey = (index: number): number => {
    if (featured(index)) return COMBINATIONS + SPECIAL_NAMES.length + index;
    if (isSpecial(index))
      return COMBINATIONS + (Math.floor(hash(index, SALT.special) / ONE_SPECIAL_IN) % SPECIAL_NAMES.length);
    return shuffle.at(index % COMBINATIONS);
  };
  const name = (index: number): PersonName => names[nameKey(index)] as PersonName;
  const stemOf = (key: number): string => {
    const special = SPECIAL_NAMES[key - COMBINATIONS];
    if (special) return special[3];
    const { first = '', last = '' } = names[key] ?? {};
    return `${asciiName(first)}.${asciiName(last)}`;
  };
  const aliasStem = (key: number): string => (stemList[key] ??= stemOf(key));
  const aliasNumber = (index: number): string => {
    if (featured(index)) return '';
    if (isSpecial(index)) return String(index);
    const round = Math.floor(index / COMBINATIONS);
    return round === 0 ? '' : String(round + 1);
  };
  const alias = (index: number): string => aliasStem(nameKey(index)) + aliasNumber(index);

  const indexOfAlias = (text: string): number | undefined => {
    const wanted = text.toLowerCase();
    const [, stem = '', digits = ''] = /^(.*?)(\d*)$/.exec(wanted) ?? [];
    stems ??= new Map(names.map((_, key) => [aliasStem(key), key]));
    const key = stems.get(stem);
    if (key === undefined) return undefined;
    const number = Number(digits);
    const index =
      key >= COMBINATIONS + SPECIAL_NAMES.length
        ? key - COMBINATIONS - SPECIAL_NAMES.length
        : key >= COMBINATIONS
          ? number
          : shuffle.indexOf(key) + (digits === '' ? 0 : number - 1) * COMBINATIONS;
    return index >= 0 && index < size && alias(index) === wanted ? index : undefined;
  };

  const id = (index: number): string => {
    const word = ids.at(index);
    return hex(word) + hex(hash32(seed, word, 3)) + hex(hash32(seed, word, 4)) + hex(hash32(seed, word, 5));
  };

  const status = (index: number): string => {
    const known = featured(index);
    if (known) return known.status;
    if (index >= correlated) return 'UNREGISTERED';
    const share = hash(index, SALT.status) % 1000;
    return STATUS_SHARES.find(([upTo]) => share < upTo)?.[1] ?? 'ACTIVE';
  };

  const department = (index: number): Department => {
    let head = index;
    while (head > LAST_DEPARTMENT_HEAD) head = Math.floor((head - 1) / TEAM_SIZE);
    return head <= TEAM_SIZE ? EXECUTIVE : pick(DEPARTMENTS, head - TEAM_SIZE - 1);
  };
  const isManager = (index: number): boolean => TEAM_SIZE * index + 1 < correlated;

  return {
    correlated,
    size,
    seed,
    hash,
    id,
    idWord: (index) => ids.at(index),
    indexOfId(text) {
      if (!/^[0-9a-f]{32}$/i.test(text)) return undefined;
      const index = ids.indexOf(Number.parseInt(text.slice(0, 8), 16));
      return index < size && id(index) === text.toLowerCase() ? index : undefined;
    },
    nameKey,
    names,
    name,
    alias,
    aliasStem,
    aliasNumber,
    indexOfAlias,
    email: (index) => (!featured(index) && hash(index, SALT.email) % 211 === 0 ? null : `${alias(index)}@example.com`),
    status,
    lifecycle(index) {
      const known = featured(index);
      if (known) return known.lifecycle ?? 'active';
      if (index >= correlated) return null;
      switch (status(index)) {
        case 'PENDING':
          return 'prehire';
        case 'DISABLED':
        case 'DEACTIVATED':
          return 'inactive';
        case 'TERMINATED':
          return 'terminated';
        default:
          return hash(index, SALT.leave) % 40 === 0 ? 'leaveOfAbsence' : 'active';
      }
    },
    processingError: (index) => {
      const known = featured(index);
      return known ? known.processingError === true : hash(index, SALT.error) % 50 === 0;
    },
    isCorrelated: (index) => index < correlated,
    isProtected: (index) => {
      const known = featured(index);
      return known ? known.protected === true : hash(index, SALT.protected) % 500 === 0;
    },
    manager: (index) => (index === 0 || index >= correlated ? undefined : Math.floor((index - 1) / TEAM_SIZE)),
    isManager: (index) => index < correlated && isManager(index),
    department,
    title(index) {
      if (index === 0) return 'Chief Executive Officer';
      if (index <= TEAM_SIZE) return 'Executive Vice President';
      if (index <= LAST_DEPARTMENT_HEAD) return `Head of ${department(index).name}`;
      if (isManager(index)) return `Manager, ${department(index).name}`;
      return pick(department(index).titles, hash(index, SALT.title));
    },
    location(index) {
      const culture = Math.floor(nameKey(index) / PER_CULTURE);
      const home = CULTURES[culture]?.home;
      const h = hash(index, SALT.location);
      return home !== undefined && h % 10 < 7 ? (LOCATIONS[home] as Location) : pick(LOCATIONS, h >>> 4);
    },
    isContractor: (index) => index >= FEATURED.length && hash(index, SALT.type) % 8 === 0,
  };
}
