/** Passkeys: one's own, and signing in by one. The browser makes and uses them; we carry what it says, in base64url. */
import type { Http } from './http';
import type { SignInAnswer } from './people';

export interface Passkey {
  id: string;
  name: string;
  /** It has checked who holds it, so that it signs in without a password. */
  signs_in_alone: boolean;
  created_at: string;
  last_used_at: string | null;
}

interface Described {
  id: string;
  type: 'public-key';
  transports?: AuthenticatorTransport[];
}

interface CreationOptions {
  challenge: string;
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: PublicKeyCredentialParameters[];
  timeout: number;
  excludeCredentials?: Described[];
  authenticatorSelection: AuthenticatorSelectionCriteria;
}

interface RequestOptions {
  challenge: string;
  rpId: string;
  timeout: number;
  allowCredentials?: Described[];
  userVerification: UserVerificationRequirement;
}

/** Nobody has shown a passkey: the person let the browser's question go, or it has none that fits. */
export class NoPasskey extends Error {}

const outside = { mayBeSignedOut: true } as const;
const own = '/v1/users/me/passkeys';
const id = encodeURIComponent;

/** Whether this browser has passkeys on this page. It has none on a bare IP address. */
export function knowsPasskeys(host: string = location.hostname): boolean {
  return 'PublicKeyCredential' in globalThis && !/^[\d.]+$|:/.test(host);
}

export async function passkeys(http: Http, signal: AbortSignal): Promise<Passkey[]> {
  return (await http.json<{ data: Passkey[] }>(own, { signal })).data;
}

/** Makes a passkey and puts it in use. Raises `NoPasskey`, `Refusal`. */
export async function addPasskey(
  http: Http,
  password: string,
  name: string,
): Promise<Passkey & { recovery_codes?: string[] }> {
  const { publicKey } = await http.json<{ publicKey: CreationOptions }>(`${own}/options`, {
    method: 'POST',
    body: { password },
  });
  return http.json(own, { method: 'POST', body: { name, ...(await made(publicKey)) } });
}

/** The factor that a half-done sign-in asks for. Signs in, with recovery codes. Raises `NoPasskey`, `Refusal`. */
export async function enrolPasskey(
  http: Http,
  ticket: string,
  name: string,
): Promise<SignInAnswer> {
  const path = '/v1/sessions/enrolments/passkeys';
  const { publicKey } = await http.json<{ publicKey: CreationOptions }>(`${path}/options`, {
    method: 'POST',
    body: { ticket },
    ...outside,
  });
  const body = { ticket, name, ...(await made(publicKey)) };
  return http.json(path, { method: 'POST', body, ...outside });
}

export function renamePasskey(http: Http, passkey: string, name: string): Promise<Passkey> {
  return http.json(`${own}/${id(passkey)}`, { method: 'PATCH', body: { name } });
}

/** What the browser says of a passkey that it has made. */
async function made(publicKey: CreationOptions) {
  const created = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: described(publicKey.excludeCredentials),
      },
    }),
  );
  const response = created.response as AuthenticatorAttestationResponse;
  const credential = {
    ...identity(created),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
    },
  };
  return { transports: response.getTransports(), credential };
}

export function removePasskey(http: Http, passkey: string, password: string): Promise<void> {
  return http.json(`${own}/${id(passkey)}/removals`, { method: 'POST', body: { password } });
}

/** Signs in by a passkey alone; with a ticket, goes on with a sign-in. Raises `NoPasskey`, `Refusal`. */
export async function signInByPasskey(http: Http, ticket?: string): Promise<SignInAnswer> {
  const begun = ticket === undefined ? {} : { ticket };
  const path = '/v1/sessions/passkeys';
  const { publicKey } = await http.json<{ publicKey: RequestOptions }>(`${path}/options`, {
    method: 'POST',
    body: begun,
    ...outside,
  });
  const shown = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: described(publicKey.allowCredentials),
      },
    }),
  );
  const response = shown.response as AuthenticatorAssertionResponse;
  const credential = {
    ...identity(shown),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle === null ? null : text(response.userHandle),
    },
  };
  return http.json(path, { method: 'POST', body: { ...begun, credential }, ...outside });
}

async function asked(question: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  let found: Credential | null;
  try {
    found = await question();
  } catch (cause) {
    throw new NoPasskey('the browser shows no passkey', { cause });
  }
  if (found === null) throw new NoPasskey('the browser shows no passkey');
  return found as PublicKeyCredential;
}

function identity(credential: PublicKeyCredential) {
  return { id: credential.id, rawId: text(credential.rawId), type: 'public-key' };
}

function described(list: Described[] = []): PublicKeyCredentialDescriptor[] {
  return list.map((each) => ({ ...each, id: bytes(each.id) }));
}

export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
