import type { Answer } from '../http/responses';
import type { DemoCall } from './requestContext';
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
} from './identities';
import type { DemoOperation } from '../http/operations';
import {
  getLifecycleStates,
  getRole,
  getTaskStatus,
  getTaskStatusList,
  getTenant,
  listIdentityAttributes,
  listIdentityProfiles,
} from './reference';
import { getAccountActivity, listAccountActivities } from './accountActivities';
import { listAccounts, listEntitlementsByIdentity } from './accounts';
import { searchAggregate } from './aggregate';
import { searchCount, searchPost } from './search';

/** One function per operation. */
export const HANDLERS: Readonly<Record<DemoOperation, (call: DemoCall) => Answer | Promise<Answer>>> = {
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
  listAccountActivities,
  getAccountActivity,
  searchPost,
  searchCount,
  searchAggregate,
  listIdentityAttributes,
  listIdentityProfiles,
  getLifecycleStates,
  getRole,
  getTenant,
};
