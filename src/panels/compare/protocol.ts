import { isRecord } from '../../storage/shape';
import { noParams, type ParamParsers, type PersonLink, type TenantBadge } from '../shared/protocol';

/** One of the two people compared. */
interface ComparedPerson extends PersonLink {
  readonly tenantId: string;
}

/** All a panel of two people remembers over a window reload. */
export interface CompareKeys {
  readonly a: ComparedPerson;
  readonly b: ComparedPerson;
}

export interface ComparedSide {
  /** What tells this person from the other one: the name, with the tenant where both have the same. */
  readonly label: string;
  readonly tenant: TenantBadge;
}

/** An attribute of both; a null value: this person does not have it. */
export interface ComparedAttribute {
  readonly name: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly verdict: 'same' | 'differs' | 'onlyA' | 'onlyB';
}

/** Things that people have or have not: roles, entitlements. */
export interface ComparedSet {
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  readonly both: readonly string[];
  /** False: one of them has more than was read. */
  readonly complete: boolean;
}

export type CompareContent =
  | {
      readonly state: 'present';
      readonly a: ComparedSide;
      readonly b: ComparedSide;
      readonly attributes: readonly ComparedAttribute[];
    }
  | { readonly state: 'gone'; readonly sentence: string };

const COMPARE_ACTIONS = ['openDiff', 'openA', 'openB', 'signIn', 'showLog'] as const;
export type CompareAction = (typeof COMPARE_ACTIONS)[number];

type CompareTextKey =
  | 'actions'
  | 'attribute'
  | 'attributes'
  | 'both'
  | 'byName'
  | 'compareJson'
  | 'comparison'
  | 'differs'
  | 'empty'
  | 'entitlements'
  | 'incomplete'
  | 'loading'
  | 'none'
  | 'noDifference'
  | 'only'
  | 'onlyDifferences'
  | 'openPerson'
  | 'refresh'
  | 'retry'
  | 'roles'
  | 'same'
  | 'sections'
  | 'showLog'
  | 'signIn'
  | 'title';
export type CompareTexts = Readonly<Record<CompareTextKey, string>>;

export interface CompareStart {
  readonly keys: CompareKeys;
  readonly texts: CompareTexts;
}

export interface CompareRequests {
  readonly ready: { readonly params: null; readonly result: CompareStart };
  readonly people: { readonly params: null; readonly result: CompareContent };
  readonly roles: { readonly params: null; readonly result: ComparedSet };
  readonly entitlements: { readonly params: null; readonly result: ComparedSet };
  readonly act: { readonly params: { readonly action: CompareAction }; readonly result: null };
}

export const compareParams: ParamParsers<CompareRequests> = {
  ready: noParams,
  people: noParams,
  roles: noParams,
  entitlements: noParams,
  act: (params) => {
    const action = isRecord(params) ? COMPARE_ACTIONS.find((known) => known === params['action']) : undefined;
    return action && { action };
  },
};

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export function parseCompareKeys(state: unknown): CompareKeys | undefined {
  if (!isRecord(state)) return undefined;
  const [a, b] = [person(state['a']), person(state['b'])];
  return a && b && { a, b };
}

function person(value: unknown): ComparedPerson | undefined {
  if (!isRecord(value)) return undefined;
  const { tenantId, id, name } = value;
  if (typeof tenantId !== 'string' || typeof id !== 'string' || typeof name !== 'string') return undefined;
  return tenantId === '' || id === '' ? undefined : { tenantId, id, name };
}
