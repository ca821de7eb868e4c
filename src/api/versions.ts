/** The API versions a tenant can be used through (contract 0). */
export const API_VERSIONS = ['v2024', 'beta', 'v1'] as const;

export type ApiVersion = (typeof API_VERSIONS)[number];
