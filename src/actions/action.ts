/** What the product has to know of one thing that can be done to identities. The list of them is `catalog.ts`. */
import * as v from 'valibot';
import type { CallOptions, Client } from '../api/client';
import { VERIFICATION_VIAS, type Identity, type OwnershipAssociation } from '../api/identities';
import type { OperationName } from '../api/operations';
import type { Output } from '../schema';
import type { PlainText } from '../text/plain';

export interface Action {
  /** Of the operations table: decides the read-only check, what a 403 names, and the connection report. */
  readonly operation: OperationName;
  /** Of package.json, after the extension's prefix. For those selected there is another, with `Selected` behind it. */
  readonly command: string;
  /** One of VS Code's icons, for buttons. */
  readonly icon: string;
  /** Where a person's panel has its button: beside their name, or in the menu there. */
  readonly place: 'bar' | 'menu';
  /** Most identities in one request (contract 2.5, 2.6). */
  readonly identitiesPerRequest: number;
  /** The service works on it afterwards in a task, which is followed. Absent: it is done when the request is answered. */
  readonly startsTask?: 'process' | 'invite';
  /** False: it cannot be undone, and its menu entry stands apart. */
  readonly undoable?: false;
  /** The identity is gone afterwards. In production that is confirmed by typing. */
  readonly removes?: true;
  /** For one identity nothing is asked before: nothing is lost. */
  readonly asksNothing?: true;
  /** An e-mail goes out, to this attribute of the identity. */
  readonly mailsTo?: (options: ActionOptions) => 'emailAddress' | 'personalEmail';
  /** Which one, and how, is asked (`ActionOptions.mail`). */
  readonly asksAddress?: true;

  /** As its command is called: "Invite". */
  readonly label: () => PlainText;
  /** The same in the menu of several rows that are selected. */
  readonly labelForSelected: () => PlainText;
  /** Within a sentence: "invite 12 people in Acme". */
  readonly phrase: (whom: PlainText, tenant: string, options: ActionOptions) => PlainText;
  /** What will happen, and what cannot be undone. One text for one identity and for many. */
  readonly effect: (whom: Whom, options: ActionOptions) => PlainText;
  /** The button that sends: the verb that names the effect. */
  readonly button: (whom: Whom) => PlainText;
  /** While its request is on the way: "inviting". */
  readonly progress: () => PlainText;
  /** What the answer means, for the status bar. */
  readonly accepted: (whom: Whom, tenant: string, sent: Sent) => PlainText;
  /** "will be invited" */
  readonly planned: (options: ActionOptions) => PlainText;
  /** For what the service does later and tells nothing more about, only that it was accepted. */
  readonly done: (options: ActionOptions) => PlainText;

  /** Why the service would refuse it for this identity, as far as the identity itself tells. */
  readonly skip?: (identity: Identity) => Skip | null;
  /**
   * Makes the check that takes further requests, for these identities.
   *
   * @returns asks about one of them: null when nothing stands in the way
   * @throws ApiError of what must be read for all of them
   */
  readonly check?: (ids: readonly string[], checking: Checking) => Promise<(id: string) => Promise<Skip | null>>;
  /**
   * Sends one request about these identities.
   *
   * @throws ApiError as the API module does
   */
  readonly send: (client: Client, ids: readonly string[], options: ActionOptions, call: CallOptions) => Promise<Sent>;
  /** What `check` made sure of, of one identity: "Ada is not protected". */
  readonly checked?: (whom: PlainText) => PlainText;
  /** After an answer that was lost: true when it surely happened all the same. Only looks; sends nothing again. */
  readonly hasHappened?: (client: Client, id: string, call: CallOptions) => Promise<boolean>;
}

/** What a person chose for the action as a whole. */
export interface ActionOptions {
  readonly mail?: Mail | undefined;
}

/** How the password-reset mail goes out. */
export const MAIL = v.object({ via: v.picklist(VERIFICATION_VIAS), sourceName: v.nullable(v.string()) });
export type Mail = Output<typeof MAIL>;

/** Whom a sentence is about. */
export interface Whom {
  readonly count: number;
  /** A name, or "12 people". */
  readonly words: PlainText;
  /** Where the mail to one goes; null: the identity does not tell. */
  readonly address?: string | null | undefined;
}

/** What the service answered. */
export interface Sent {
  readonly taskId?: string;
  /** The service's number of a job that nothing tells more about. */
  readonly jobId?: string;
  /** Of what is not documented: it may hold a link for the eyes of one person. */
  readonly answer?: unknown;
  /** Somebody else had done it already. */
  readonly already?: true;
}

export interface Checking {
  readonly client: Client;
  /** For each request of the check: one that a person waits for comes before those of a bulk action. */
  readonly call: CallOptions;
  /** What somebody owns, in words; empty for nothing. */
  readonly owned: (associations: readonly OwnershipAssociation[]) => string;
  /** A failed check, in words. */
  readonly failed: (error: unknown) => string;
}

/**
 * Why somebody is left out. `sameName`: a display name that several have. `unchecked`: whether they may be deleted could not be
 * found out. `unreadable`: what was given is no id, alias, address or name.
 */
const SKIP_REASONS = [
  'duplicate',
  'unreadable',
  'notFound',
  'ambiguous',
  'sameName',
  'protected',
  'owner',
  'unchecked',
  'noEmail',
  'registered',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export const SKIP = v.object({
  reason: v.picklist(SKIP_REASONS),
  /** What the person owns, their state, or who has the name: in words of the product. */
  note: v.exactOptional(v.string()),
});
export type Skip = Output<typeof SKIP>;

/** Where a mail of this action goes, as far as the identity tells: which attribute is taken is the identity profile's choice. */
export function addressOf({ mailsTo }: Action, identity: Identity, options: ActionOptions): string | undefined {
  const attribute = mailsTo?.(options);
  if (attribute === undefined) return undefined;
  const address = attribute === 'emailAddress' ? identity.emailAddress : identity.attributes?.[attribute];
  return typeof address === 'string' && address !== '' ? address : undefined;
}
