/** People, their sessions and keys, and the ways into an account. */
import { query } from './client';
import type { Http } from './http';
import type { Colleague, Role, SignedIn } from './types';

export type MemberState = 'active' | 'invited' | 'away' | 'off';

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** The id of a role that the merchant made; `role` is its base then. */
  custom_role: string | null;
  team: string | null;
  state: MemberState;
  second_factor: boolean;
  single_sign_on: boolean;
  locked_until: string | null;
  seen_at: string | null;
  created_at: string;
}

/** Who is no admin sees colleagues by name alone. */
export type Listed = Colleague & Partial<Member>;

export function isMember(listed: Listed): listed is Member {
  return listed.state !== undefined;
}

/** How somebody got their link; `url` is told once, and only where no mail can be sent. */
export interface SentLink {
  sent_by: 'email' | 'link';
  url: string | null;
  expires_at: string;
}

export interface OpenSession {
  id: string;
  user: string;
  name: string | null;
  current: boolean;
  device: string | null;
  address: string | null;
  created_at: string;
  seen_at: string;
  expires_at: string;
}

export interface ApiKey {
  id: string;
  name: string;
  scopes: string[] | null;
  networks: string[] | null;
  created_by: string | null;
  created_at: string;
  expires_at: string | null;
  expired: boolean;
  used_at: string | null;
  used_from: string | null;
}

export interface KeyList {
  data: ApiKey[];
  /** What a new key could be made for. */
  scopes: string[];
}

export interface SecondFactor {
  in_use: boolean;
  passkeys: number;
  recovery_codes_left: number;
  required: boolean;
}

export interface AppDetails {
  secret: string;
  otpauth_url: string;
  qr_svg: string;
}

export interface RecoveryCodes {
  recovery_codes: string[];
}

/** What a sign-in asks for after the password. */
export interface Pending {
  ticket: string;
  step: 'code' | 'password' | 'enrol';
  expires_in: number;
  /** How the step can be answered, where there is a choice. */
  ways?: readonly ('app' | 'passkey' | 'recovery_code')[];
}

export type SignInAnswer = SignedIn | { pending: Pending };

const id = encodeURIComponent;
const outside = { mayBeSignedOut: true } as const;

export function nextStep(
  http: Http,
  body: { ticket: string; code?: string; new_password?: string },
): Promise<SignInAnswer> {
  return http.json('/v1/sessions/steps', { method: 'POST', body, ...outside });
}

/** What the button of single sign-on says; null where there is none. */
export async function ssoLabel(http: Http): Promise<string | null> {
  return (await http.json<{ label: string | null }>('/v1/sso', outside)).label;
}

/** Where to go to sign in with the organisation's account. */
export async function beginSso(http: Http, returnTo: string): Promise<string> {
  const body = { return_to: returnTo.slice(0, 500) };
  return (await http.json<{ url: string }>('/v1/sso/logins', { method: 'POST', body, ...outside }))
    .url;
}

export function finishSso(
  http: Http,
  body: { state: string; code: string; iss?: string },
): Promise<SignInAnswer & { return_to: string }> {
  return http.json('/v1/sso/sessions', { method: 'POST', body, timeoutMs: 45_000, ...outside });
}

export function enrolAtSignIn(http: Http, ticket: string): Promise<AppDetails> {
  return http.json('/v1/sessions/enrolments', { method: 'POST', body: { ticket }, ...outside });
}

export function askForReset(http: Http, email: string): Promise<unknown> {
  return http.json('/v1/password-resets', { method: 'POST', body: { email }, ...outside });
}

export function choosePassword(http: Http, ticket: string, password: string): Promise<void> {
  const body = { ticket, password };
  return http.json('/v1/password-resets/completions', { method: 'POST', body, ...outside });
}

export async function members(http: Http, signal: AbortSignal): Promise<Listed[]> {
  return (await http.json<{ data: Listed[] }>('/v1/users', { signal })).data;
}

export interface Invitation {
  email: string;
  name: string;
  /** One of the four, or the id of one that the merchant made. */
  role: string;
  team: string | null;
}

export function invite(
  http: Http,
  body: Invitation,
  idempotencyKey: string,
): Promise<Member & { invitation: SentLink }> {
  return http.json('/v1/users', { method: 'POST', body, idempotencyKey });
}

export function changeMember(
  http: Http,
  userId: string,
  body: Partial<{ name: string; role: string; team: string | null; active: boolean }>,
): Promise<Member> {
  return http.json(`/v1/users/${id(userId)}`, { method: 'PATCH', body });
}

export function sendLink(http: Http, userId: string, idempotencyKey: string): Promise<SentLink> {
  const path = `/v1/users/${id(userId)}/invitations`;
  return http.json(path, { method: 'POST', body: {}, idempotencyKey });
}

export function releaseSso(http: Http, userId: string): Promise<void> {
  return http.json(`/v1/users/${id(userId)}/single-sign-on`, { method: 'DELETE' });
}

export function removeFactorOf(http: Http, userId: string, password: string): Promise<void> {
  const path = `/v1/users/${id(userId)}/second-factor-resets`;
  return http.json(path, { method: 'POST', body: { password } });
}

export async function openSessions(
  http: Http,
  everybody: boolean,
  signal: AbortSignal,
): Promise<OpenSession[]> {
  const path = `/v1/sessions${query({ everybody: everybody ? 'true' : undefined })}`;
  return (await http.json<{ data: OpenSession[] }>(path, { signal })).data;
}

export function endSession(http: Http, sessionId: string): Promise<void> {
  return http.json(`/v1/sessions/${id(sessionId)}`, { method: 'DELETE' });
}

export function apiKeys(http: Http, signal: AbortSignal): Promise<KeyList> {
  return http.json('/v1/api-keys', { signal });
}

export interface KeyWanted {
  name: string;
  scopes: string[];
  networks: string[] | null;
  expires_at: string | null;
}

export function makeKey(
  http: Http,
  body: KeyWanted,
  idempotencyKey: string,
): Promise<ApiKey & { api_key: string }> {
  return http.json('/v1/api-keys', { method: 'POST', body, idempotencyKey });
}

export function revokeKey(http: Http, keyId: string): Promise<void> {
  return http.json(`/v1/api-keys/${id(keyId)}`, { method: 'DELETE' });
}

export function changePassword(http: Http, present: string, password: string): Promise<void> {
  return http.json('/v1/users/me/password', { method: 'POST', body: { present, password } });
}

export function secondFactor(http: Http, signal: AbortSignal): Promise<SecondFactor> {
  return http.json('/v1/users/me/second-factor', { signal });
}

export function prepareFactor(http: Http, password: string): Promise<AppDetails> {
  return http.json('/v1/users/me/second-factor', { method: 'POST', body: { password } });
}

export function confirmFactor(http: Http, code: string): Promise<RecoveryCodes> {
  const path = '/v1/users/me/second-factor/confirmations';
  return http.json(path, { method: 'POST', body: { code } });
}

export function renewRecoveryCodes(http: Http, password: string): Promise<RecoveryCodes> {
  return http.json('/v1/users/me/recovery-codes', { method: 'POST', body: { password } });
}

export function removeFactor(http: Http, password: string): Promise<void> {
  return http.json('/v1/users/me/second-factor/removals', { method: 'POST', body: { password } });
}
