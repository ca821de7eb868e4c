/** How the access of a person hangs together: person - roles - sources - accounts. */
export type PictureKind = 'person' | 'role' | 'source' | 'account';

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

export interface PictureView {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Roles, and those of them that were asked what they provision. */
  readonly roles: number;
  readonly asked: number;
}
