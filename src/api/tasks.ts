/** Contract 2.8. `completionStatus` null means not finished. */
export interface TaskStatus {
  readonly id: string;
  readonly type?: string;
  readonly uniqueName?: string;
  readonly description?: string | null;
  readonly parentName?: string | null;
  readonly launcher?: string | null;
  readonly target?: { readonly id: string; readonly type?: string | null; readonly name: string } | null;
  readonly created?: string;
  readonly modified?: string | null;
  readonly launched?: string | null;
  readonly completed?: string | null;
  /** `SUCCESS`, `WARNING`, `ERROR`, `TERMINATED`, `TEMPERROR`, or null while it runs. */
  readonly completionStatus: string | null;
  readonly messages?: readonly TaskMessage[];
  readonly returns?: readonly { readonly name: string; readonly attributeName: string }[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Phase text. */
  readonly progress?: string | null;
  readonly percentComplete?: number;
}

export interface TaskMessage {
  /** `INFO`, `WARN`, `ERROR`. */
  readonly type: string;
  readonly key?: string;
  readonly localizedText?: { readonly locale: string; readonly message: string } | null;
  readonly parameters?: readonly unknown[] | null;
}

/** The answer of process: only the id is needed; the name may be null, "null" or absent (contract 2.6). */
export interface TaskResult {
  readonly id: string;
  readonly type?: string;
  readonly name: string | null;
}
