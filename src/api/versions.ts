/** The API versions a tenant can be used through (contract: base URLs and versions). */
export const API_VERSIONS = ['v2024', 'beta', 'v1'] as const;

export type ApiVersion = (typeof API_VERSIONS)[number];
