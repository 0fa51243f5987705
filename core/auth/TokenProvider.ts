/** Where access tokens come from. One a credential; safe to call at once from many requests. */
export interface TokenProvider {
	/** Delegated: a user signed in. Application: the app itself. */
	readonly kind: 'delegated' | 'application';
	/**
	 * A token that stays good for at least a minute.
	 * @throws {AuthError} when there is none to be had.
	 */
	getToken(): Promise<string>;
	/**
	 * A new token, after the server refused this one with 401.
	 * Answers the stored one where another request has renewed it meanwhile.
	 */
	renew(refusedToken: string): Promise<string>;
}
