/** The first people of every demo tenant: picked by hand, so that a list shows every state on its first page. */
export interface Featured {
  readonly first: string;
  readonly last: string;
  readonly status: string;
  readonly lifecycle?: string;
  readonly processingError?: true;
  readonly protected?: true;
  /** Number of role assignments, where it matters. */
  readonly roles?: number;
}

function person(first: string, last: string, status: string, more: Partial<Featured> = {}): Featured {
  return { first, last, status, ...more };
}

export const FEATURED: readonly Featured[] = [
  person('Abigail', 'Thornquist', 'ACTIVE'),
  person('Ada', 'Winterbourne', 'ACTIVE', { roles: 7 }),
  person('Aaron', 'Achterberg', 'LOCKED'),
  person('Adele', 'Vantongeren', 'ACTIVE', { roles: 0 }),
  person('Abel', 'Marchetto', 'ACTIVE', { roles: 62 }),
  person('Adrian', 'Solbergsen', 'ACTIVE', { roles: 500 }),
  person('Aada', 'Koskivaara', 'UNREGISTERED'),
  person('Aaliyah', 'Bennett-Cole', 'ACTIVE', { processingError: true }),
  person('Abhinav', 'Raghupatil', 'PENDING', { lifecycle: 'prehire' }),
  person('Adisa', 'Balogunde', 'ACTIVE', { protected: true }),
  person('Acacia', 'Whitlockson', 'TERMINATED', { lifecycle: 'terminated' }),
  person('Adam', 'Kesslinger', 'DISABLED', { lifecycle: 'inactive' }),
  person('Aeryn', 'Maplewood', 'REGISTERED'),
  person('Adina', 'Feldstern', 'WARNING', { processingError: true }),
  person('Abner', 'Quillfeather', 'DEACTIVATED', { lifecycle: 'leaveOfAbsence' }),
];
