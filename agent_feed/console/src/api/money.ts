/** What is done with a link after it was sent, and with the money that came of it. Every call takes its client first. */
import type { Client } from './client';
import { query } from './client';
import type { Link, Page } from './types';

export type RefundReason = 'requested_by_customer' | 'duplicate' | 'fraudulent' | 'other';
export type RefundStatus = 'awaiting_approval' | 'pending' | 'succeeded' | 'failed' | 'rejected';

export interface Card {
  brand: string | null;
  last4: string | null;
  country?: string | null;
}

export interface Attempt {
  id: string;
  status: string;
  amount: number;
  currency: string;
  /** An older service does not say. */
  amount_captured?: number;
  card: Card;
  review: string | null;
  created_at: string;
}

export interface Refund {
  id: string;
  payment: string;
  amount: number;
  currency: string;
  status: RefundStatus;
  reason: string | null;
  problem: string | null;
  /** An actor: `user:usr_…`, `key:key_…` or `system`. */
  ordered_by: string;
  approved_by: string | null;
  created_at: string;
}

export interface Dispute {
  id: string;
  status: string;
  amount: number;
  currency: string;
  reason: string | null;
  respond_by: string | null;
  created_at: string;
}

export interface Flag {
  code: string;
  subject: string;
  raised_at: string;
  cleared_at: string | null;
  cleared_by: string | null;
  note: string | null;
}

export interface PaymentSummary {
  id: string;
  status: string;
  amount: number;
  currency: string;
  amount_authorised: number;
  amount_captured: number;
  amount_refunded: number;
  link: string;
  customer: string | null;
  agent: string | null;
  created_at: string;
}

export interface Payment extends PaymentSummary {
  amount_refundable: number;
  attempts: Attempt[];
  refunds: Refund[];
  disputes: Dispute[];
  flag_details: Flag[];
}

export interface Amendment {
  amount?: number;
  description?: string;
  expires_at?: string;
}

const id = encodeURIComponent;

/** Setting the same again changes nothing, so it needs no key. */
export function amendLink(client: Client, linkId: string, change: Amendment): Promise<Link> {
  return client.http.json(`/v1/links/${id(linkId)}`, { method: 'PATCH', body: change });
}

export function readPayment(
  client: Client,
  paymentId: string,
  signal?: AbortSignal,
): Promise<Payment> {
  return client.http.json(`/v1/payments/${id(paymentId)}`, signal ? { signal } : {});
}

/** The payments that were made with a link that many pay with, newest first. */
export async function paymentsOfLink(
  client: Client,
  linkId: string,
  signal?: AbortSignal,
): Promise<PaymentSummary[]> {
  const path = `/v1/links/${id(linkId)}/payments${query({ limit: 200 })}`;
  const page = await client.http.json<Page<PaymentSummary>>(path, signal ? { signal } : {});
  return page.data;
}

export function capturePayment(
  client: Client,
  paymentId: string,
  body: { amount: number },
  idempotencyKey: string,
): Promise<Payment> {
  const path = `/v1/payments/${id(paymentId)}/capture`;
  return client.http.json(path, { method: 'POST', body, idempotencyKey });
}

export function releasePayment(
  client: Client,
  paymentId: string,
  idempotencyKey: string,
): Promise<Payment> {
  const path = `/v1/payments/${id(paymentId)}/cancel`;
  return client.http.json(path, { method: 'POST', idempotencyKey });
}

export function refundPayment(
  client: Client,
  paymentId: string,
  body: { amount: number; reason: RefundReason },
  idempotencyKey: string,
): Promise<Refund> {
  const path = `/v1/payments/${id(paymentId)}/refunds`;
  return client.http.json(path, { method: 'POST', body, idempotencyKey });
}

export function clearFlag(
  client: Client,
  paymentId: string,
  code: string,
  body: { note?: string },
  idempotencyKey: string,
): Promise<Payment> {
  const path = `/v1/payments/${id(paymentId)}/flags/${id(code)}/clear`;
  return client.http.json(path, { method: 'POST', body, idempotencyKey });
}

export function addNote(
  client: Client,
  customerId: string,
  body: { text: string },
  idempotencyKey: string,
): Promise<unknown> {
  const path = `/v1/customers/${id(customerId)}/notes`;
  return client.http.json(path, { method: 'POST', body, idempotencyKey });
}
