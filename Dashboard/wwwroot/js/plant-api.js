// The plant's JSON API with the page's own sign-in.

/**
 * One request. Answers `{ok, status, body}`; status 0 means that no answer came, so whether it was carried out is not known.
 * A refusal's sentence is `body.title`.
 */
export async function request(method, path, body, key) {
  const headers = { accept: 'application/json', 'accept-language': document.documentElement.lang || 'es' };
  if (body !== undefined && body !== null) headers['content-type'] = 'application/json';
  if (key) headers['idempotency-key'] = key;
  try {
    const answer = await fetch('/api/v1' + path, {
      method,
      headers,
      body: body === undefined || body === null ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = text && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : null;
    return { ok: answer.ok, status: answer.status, body: json };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}

export const get = (path) => request('GET', path);

/** The same for the pages' server side: body and answer are JSON texts. */
export async function send(method, path, text, key) {
  const { status, body } = await request(method, path, text === null ? null : JSON.parse(text), key);
  return { status, text: body === null ? null : JSON.stringify(body) };
}
