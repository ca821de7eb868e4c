import type { Answer } from './answers';
import type { Call } from './call';
import {
  deleteIdentity,
  getIdentity,
  getIdentityOwnershipDetails,
  getRoleAssignment,
  getRoleAssignments,
  listIdentities,
  resetIdentity,
  sendIdentityVerificationAccountToken,
  startIdentitiesInvite,
  startIdentityProcessing,
  synchronizeAttributesForIdentity,
} from './identityAnswers';
import type { DemoOperation } from './operations';
import {
  getLifecycleStates,
  getRole,
  getTaskStatus,
  getTaskStatusList,
  getTenant,
  listIdentityAttributes,
  listIdentityProfiles,
} from './referenceAnswers';
import { listAccounts, listEntitlementsByIdentity } from './accountAnswers';
import { searchCount, searchPost } from './searchAnswers';

/** One function per operation. */
export const HANDLERS: Readonly<Record<DemoOperation, (call: Call) => Answer | Promise<Answer>>> = {
  listIdentities,
  getIdentity,
  deleteIdentity,
  getIdentityOwnershipDetails,
  getRoleAssignments,
  getRoleAssignment,
  resetIdentity,
  sendIdentityVerificationAccountToken,
  startIdentitiesInvite,
  startIdentityProcessing,
  synchronizeAttributesForIdentity,
  listEntitlementsByIdentity,
  getTaskStatus,
  getTaskStatusList,
  listAccounts,
  searchPost,
  searchCount,
  listIdentityAttributes,
  listIdentityProfiles,
  getLifecycleStates,
  getRole,
  getTenant,
};
