// SPDX-License-Identifier: EUPL-1.2
// A real OpenID Connect provider, in ProConnect's profile: node provider.mjs PORT ORIGIN (in the folder of its packages).
import Provider from "oidc-provider";

const port = Number(process.argv[2]);
const back = process.argv[3];
const issuer = `http://127.0.0.1:${port}`;
const people = { amina: { email: "Amina@lieu.example", email_verified: true }, doubt: { email: "amina@lieu.example", email_verified: false } };

const provider = new Provider(issuer, {
  clients: [{
    client_id: "pas-a-pas",
    client_secret: "a-secret-that-only-tests-know",
    redirect_uris: [`${back}/login/oidc/back`],
    post_logout_redirect_uris: [`${back}/login`],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "client_secret_post",
    id_token_signed_response_alg: "RS256",
    userinfo_signed_response_alg: "RS256",
  }],
  acrValues: ["eidas1"],
  claims: { openid: ["sub", "acr"], email: ["email", "email_verified"] },
  cookies: { keys: ["one", "two"] },
  features: { devInteractions: { enabled: true }, jwtUserinfo: { enabled: true }, userinfo: { enabled: true } },
  pkce: { required: () => true },
  async findAccount(ctx, id) {
    return { accountId: id, claims: async () => ({ sub: id, ...people[id] }) };
  },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));
