/** Display names that fit several identities: who plans is asked which one is meant. */
import type { Identity } from '../../api/identities';
import { nameKey } from './displayNames';
import type { Found } from './found';

/** Names that are asked about; more would be a questionnaire, and are skipped with the reason. */
export const MOST_NAMES_ASKED = 10;

/** Which of these is meant? */
export interface NamesakeQuestion {
  readonly name: string;
  readonly identities: readonly Identity[];
  /** From 1. */
  readonly number: number;
  readonly total: number;
}

/** @returns who is meant, or `none` of these; rejects when the plan is given up */
export type ChooseNamesake = (question: NamesakeQuestion, signal: AbortSignal) => Promise<Identity | 'none'>;

/** How a person answers; `cancel` gives the plan up. */
export type AskNamesake = (
  ...about: Parameters<ChooseNamesake>
) => Promise<Awaited<ReturnType<ChooseNamesake>> | 'cancel'>;

/** What was found, with the one who was chosen where a name fits several. @throws what the signal was aborted with */
export async function withChosen(
  found: readonly Found[],
  choose: ChooseNamesake,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const open = new Map<string, Found>();
  for (const each of found) {
    const key = nameKey(each.asked);
    if (each.byName && each.identities.length > 1 && !open.has(key)) open.set(key, each);
  }
  const asked = [...open].slice(0, MOST_NAMES_ASKED);
  const chosen = new Map<string, Identity>();
  for (const [at, [key, { asked: name, identities }]] of asked.entries()) {
    const answer = await choose({ name, identities, number: at + 1, total: asked.length }, signal);
    signal.throwIfAborted();
    if (answer !== 'none') chosen.set(key, answer);
  }
  return found.map((each) => {
    const identity = each.byName ? chosen.get(nameKey(each.asked)) : undefined;
    return identity ? { asked: each.asked, identities: [identity], byName: true } : each;
  });
}
