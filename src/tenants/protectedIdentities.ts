type Listener = (tenantId: string, identityIds: readonly string[]) => void;

/**
 * Who is known to be protected, by tenant, in this window. ISC has no field for it in an identity: filters and Search tell it, and
 * whoever hears it from them notes it here, so that it is said wherever the identity is shown. Whoever is not here is unknown.
 */
export class ProtectedIdentities {
  private readonly byTenant = new Map<string, Set<string>>();
  private readonly listeners = new Set<Listener>();

  has(tenantId: string, identityId: string): boolean {
    return this.byTenant.get(tenantId)?.has(identityId) === true;
  }

  /** ISC has told of these whether they are protected. */
  note(tenantId: string, identityIds: readonly string[], isProtected: boolean): void {
    const known = this.of(tenantId);
    const changed = identityIds.filter((id) => known.has(id) !== isProtected);
    for (const id of changed) {
      if (isProtected) known.add(id);
      else known.delete(id);
    }
    if (changed.length > 0) this.tell(tenantId, changed);
  }

  /** These are all the protected identities of the tenant. */
  noteAll(tenantId: string, identityIds: readonly string[]): void {
    const all = new Set(identityIds);
    const others = [...this.of(tenantId)].filter((id) => !all.has(id));
    this.note(tenantId, others, false);
    this.note(tenantId, identityIds, true);
  }

  /** What was known of the tenant may not be what it answers now. */
  forget(tenantId: string): void {
    this.byTenant.delete(tenantId);
  }

  /** Forgets tenants that are there no more. */
  keepOnly(tenantIds: ReadonlySet<string>): void {
    for (const id of this.byTenant.keys()) if (!tenantIds.has(id)) this.byTenant.delete(id);
  }

  /** Tells of identities for which it differs now. */
  onDidChange(listener: Listener): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  private of(tenantId: string): Set<string> {
    const known = this.byTenant.get(tenantId) ?? new Set<string>();
    this.byTenant.set(tenantId, known);
    return known;
  }

  private tell(tenantId: string, identityIds: readonly string[]): void {
    for (const listener of this.listeners) listener(tenantId, identityIds);
  }
}
