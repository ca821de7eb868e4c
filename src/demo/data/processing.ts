import { hash32 } from './random';
import type { World } from './world';

/** As ISC words them: with ids, class names and quotes in the middle. */
const CAUSES: readonly { readonly stage: string; readonly message: (alias: string) => string }[] = [
  {
    stage: 'Refresh Identity',
    message: (alias) =>
      `Attribute transform failed for identity "${alias}": firstValid returned no value for "department"`,
  },
  {
    stage: 'Manager Correlation',
    message: () => 'sailpoint.tools.GeneralException: Manager correlation rule returned more than one identity',
  },
  {
    stage: 'Role Membership',
    message: () => 'java.util.concurrent.TimeoutException: Evaluating membership criteria took longer than 60000 ms',
  },
];

/** Of three whose processing failed, one has no details: the service does not always keep them. */
export function processingDetailsOf(world: World, index: number): Readonly<Record<string, unknown>> | null {
  const random = hash32(world.people.size, index, 77);
  const cause = CAUSES[random % CAUSES.length];
  if (!world.processingError(index) || cause === undefined || index % 3 === 2) return null;
  return {
    date: new Date(world.today() - (random % 72) * 3_600_000).toISOString(),
    stage: cause.stage,
    retryCount: random % 4,
    stackTrace: `${cause.message(world.people.alias(index))}\n\tat sailpoint.task.IdentityRefresh.execute(IdentityRefresh.java:412)`,
    message: cause.message(world.people.alias(index)),
  };
}
