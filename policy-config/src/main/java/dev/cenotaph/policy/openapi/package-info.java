/**
 * OpenAPI documents beside policies: a policy drafted from a document, a document audited against policies, and a
 * document as clients see it through the gateway. Nothing is ever fetched: what a document refers to outside of itself
 * counts as unknown.
 */
@NullMarked
package dev.cenotaph.policy.openapi;

import org.jspecify.annotations.NullMarked;
