import * as v from 'valibot';
import { FILLED, readerOf, type Output } from '../../schema';
import { NO_PARAMS, parsersFor, type RequestsOf, type TenantBadge } from '../shared/protocol';

/** One of the two people compared. */
const COMPARED_PERSON = v.object({ tenantId: FILLED, id: FILLED, name: v.string() });

/** All a panel of two people remembers over a window reload. */
const COMPARE_KEYS = v.object({ a: COMPARED_PERSON, b: COMPARED_PERSON });
export type CompareKeys = Output<typeof COMPARE_KEYS>;

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
  | 'loadedAt'
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

const COMPARE_PARAMS = {
  ready: NO_PARAMS,
  people: NO_PARAMS,
  roles: NO_PARAMS,
  entitlements: NO_PARAMS,
  act: v.object({ action: v.picklist(COMPARE_ACTIONS) }),
};

interface CompareAnswers {
  readonly ready: CompareStart;
  readonly people: CompareContent;
  readonly roles: ComparedSet;
  readonly entitlements: ComparedSet;
  readonly act: null;
}
export type CompareRequests = RequestsOf<typeof COMPARE_PARAMS, CompareAnswers>;

export const compareParams = parsersFor(COMPARE_PARAMS);

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export const parseCompareKeys = readerOf(COMPARE_KEYS);
