/** The roles that the merchant makes, on one of the four that there are. */
import type { Http } from './http';
import type { Permission, Role } from './types';

export interface CustomRole {
  id: string;
  name: string;
  base: Role;
  permissions: Permission[];
  created_at: string;
  updated_at: string;
}

/** What a base holds by itself, and what a role on it may hold at most. */
export interface RoleBase {
  role: Role;
  permissions: Permission[];
  grantable: Permission[];
}

export interface Roles {
  data: CustomRole[];
  bases: RoleBase[];
}

export interface RoleWanted {
  name: string;
  base: Role;
  permissions: Permission[];
}

const PATH = '/v1/roles';

export function roles(http: Http, signal: AbortSignal): Promise<Roles> {
  return http.json(PATH, { signal });
}

export function makeRole(http: Http, body: RoleWanted, key: string): Promise<CustomRole> {
  return http.json(PATH, { method: 'POST', body, idempotencyKey: key });
}

export function changeRole(
  http: Http,
  roleId: string,
  body: { name: string; permissions: Permission[] },
): Promise<CustomRole> {
  return http.json(`${PATH}/${encodeURIComponent(roleId)}`, { method: 'PATCH', body });
}

export function deleteRole(http: Http, roleId: string): Promise<void> {
  return http.json(`${PATH}/${encodeURIComponent(roleId)}`, { method: 'DELETE' });
}
