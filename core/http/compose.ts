import type { Middleware, Send } from './types';

/** Wraps a send in middleware; the first is the outermost. */
export function compose(middleware: readonly Middleware[], send: Send): Send {
	return middleware.reduceRight((next, wrap) => wrap(next), send);
}
