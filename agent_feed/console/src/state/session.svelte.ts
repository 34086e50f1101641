/** Who is signed in. The CSRF token lives here, in memory alone. */
import type { Client } from '../api/client';
import type { Pending } from '../api/people';
import { Refusal } from '../api/problem';
import type { Merchant, Permission, SignedIn, User } from '../api/types';

export type SessionStatus = 'unknown' | 'unreachable' | 'signed_out' | 'signed_in' | 'expired';

export class Session {
  status = $state<SessionStatus>('unknown');
  user = $state.raw<User | null>(null);
  merchant = $state.raw<Merchant | null>(null);
  roleName = $state.raw<string | null>(null);
  csrfToken: string | null = null;
  private held = $state.raw<ReadonlySet<Permission>>(new Set());

  /** The service decides what is answered; this keeps out of sight what could only fail. */
  may(permission: Permission): boolean {
    return this.held.has(permission);
  }

  /** Takes up the session of the browser's cookie, if there is one. */
  async resume(client: Client): Promise<void> {
    this.status = 'unknown';
    try {
      this.accept(await client.currentSession());
    } catch (failure) {
      const isSignedOut = failure instanceof Refusal && failure.status === 401;
      this.status = isSignedOut ? 'signed_out' : 'unreachable';
    }
  }

  /**
   * Signs in, or rejects as the API does. After an expired session, `someoneElse` is called where
   * another person signs in: nothing of the first one's may stay on the screen.
   * Answers what else is asked for, if anything.
   */
  async signIn(
    client: Client,
    email: string,
    password: string,
    someoneElse: () => void,
  ): Promise<Pending | null> {
    const answer = await client.signIn(email, password);
    if ('pending' in answer) return answer.pending;
    await this.enter(client, answer, someoneElse);
    return null;
  }

  /** Everything that was asked for is shown. */
  async enter(client: Client, signedIn: SignedIn, someoneElse: () => void): Promise<void> {
    const before = this.user;
    if (before !== null && before.id !== signedIn.user.id) {
      someoneElse();
      return;
    }
    this.csrfToken = signedIn.csrf_token;
    // Signing in answers without the merchant; the session itself has it.
    this.accept(signedIn.merchant ? signedIn : await client.currentSession());
  }

  /** Takes up a session that came otherwise than by a password. */
  takeUp(signedIn: SignedIn): void {
    this.accept(signedIn);
  }

  /** What they may do has changed meanwhile. */
  renew(signedIn: SignedIn): void {
    if (this.status === 'signed_in' && signedIn.user.id === this.user?.id) this.accept(signedIn);
  }

  async signOut(client: Client): Promise<void> {
    await client.signOut();
    this.user = null;
    this.merchant = null;
    this.held = new Set();
    this.csrfToken = null;
    this.status = 'signed_out';
  }

  /** The service no longer knows the session. Who it was is kept, and so is what they were doing. */
  end(): void {
    if (this.status === 'signed_in') this.status = 'expired';
  }

  private accept(signedIn: SignedIn): void {
    this.user = signedIn.user;
    this.merchant = signedIn.merchant ?? null;
    this.held = new Set(signedIn.permissions ?? []);
    this.roleName = signedIn.role_name ?? null;
    this.csrfToken = signedIn.csrf_token;
    this.status = 'signed_in';
  }
}
