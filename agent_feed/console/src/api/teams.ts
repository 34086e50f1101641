/** Teams: whose work agents share. */
import type { Http } from './http';

export interface Team {
  name: string;
  /** User ids. */
  members: string[];
}

const PATH = '/v1/teams';

export async function teams(http: Http, signal: AbortSignal): Promise<Team[]> {
  return (await http.json<{ data: Team[] }>(PATH, { signal })).data;
}

/** `team` is its name until now, null for a new one. Without members it is no more. Answers all teams. */
export async function setTeam(
  http: Http,
  body: { team: string | null; name: string; members: string[] },
): Promise<Team[]> {
  return (await http.json<{ data: Team[] }>(PATH, { method: 'PUT', body })).data;
}
