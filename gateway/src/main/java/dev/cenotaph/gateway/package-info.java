/**
 * The gateway. A request's path through it, in eight steps, each a package:
 *
 * <ol>
 *   <li>{@code filter}: Spring Cloud Gateway hands us the exchange; mode off or no policy, and it goes on untouched.
 *   <li>{@code dev.cenotaph.policy.match}: the path, read strictly and leniently, becomes a match.
 *   <li>{@code operation}: every dialect of URL, query and method becomes one sealed operation.
 *   <li>{@code deletion}, {@code restore}, {@code gate}, {@code listing}: one handler acts. Where policies are a
 *       {@code shadow}, none does, and what they would have done is counted.
 *   <li>{@code marker}: how this upstream spells trashed, over {@code json}, which changes one place of a document.
 *   <li>{@code exchange} or {@code upstream}: the 1:1 call down the chain, or a call of our own.
 *   <li>{@code tombstone}: record, forget, find.
 *   <li>{@code exchange}: the answer to the client.
 * </ol>
 *
 * Beside the path stand {@code recovery}, {@code purge} and {@code rebuild}, which act without a request; {@code reload}, which
 * takes over changed policies; {@code admin},
 * through which operators ask for them; {@code autoconfigure}, which puts it all into a host; and {@code proxy}, the host
 * that we bring.
 */
@NullMarked
package dev.cenotaph.gateway;

import org.jspecify.annotations.NullMarked;
