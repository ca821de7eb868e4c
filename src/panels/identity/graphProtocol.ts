import * as v from 'valibot';
import { COUNT } from '../../schema';

/** How the access of a person hangs together: person - roles - access profiles - sources - accounts. */
export type PictureKind = 'person' | 'role' | 'profile' | 'source' | 'account';

export interface PictureNode {
  readonly id: string;
  readonly kind: PictureKind;
  readonly label: string;
  /** Of a role: its assignment, whose panel can be opened. */
  readonly assignmentId?: string;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
}

export interface AccessGraphContent {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Roles, and those of them that were asked what they provision. */
  readonly roles: number;
  readonly asked: number;
  /** False when the person has more accounts than one page of them. */
  readonly allAccounts: boolean;
  /** How many roles to ask for next; null when all were asked. */
  readonly next: number | null;
}

export const PICTURE_ASKED = v.object({
  /** How many roles are to be asked what they provision; 0 to begin anew. */
  roles: COUNT,
});
