package dev.cenotaph.gateway.autoconfigure;

import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.deletion.PermanentDeletion;
import dev.cenotaph.gateway.deletion.SoftDeletion;
import dev.cenotaph.gateway.exchange.BodyPeek;
import dev.cenotaph.gateway.exchange.Callers;
import dev.cenotaph.gateway.exchange.Deadline;
import dev.cenotaph.gateway.exchange.GoneAnswers;
import dev.cenotaph.gateway.exchange.GoneAtHand;
import dev.cenotaph.gateway.exchange.Idempotency;
import dev.cenotaph.gateway.exchange.ResponseTapFilter;
import dev.cenotaph.gateway.exchange.VerbatimUrlFilter;
import dev.cenotaph.gateway.filter.Handlers;
import dev.cenotaph.gateway.filter.Intake;
import dev.cenotaph.gateway.filter.Policies;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.filter.SoftDeleteFilter;
import dev.cenotaph.gateway.gate.AncestorGate;
import dev.cenotaph.gateway.gate.CreateGate;
import dev.cenotaph.gateway.gate.ItemGate;
import dev.cenotaph.gateway.gate.MovedGate;
import dev.cenotaph.gateway.gate.TrashedWays;
import dev.cenotaph.gateway.listing.EmbeddedAnswers;
import dev.cenotaph.gateway.listing.ListLimits;
import dev.cenotaph.gateway.listing.ListReading;
import dev.cenotaph.gateway.listing.PageLimits;
import dev.cenotaph.gateway.listing.TrashCollection;
import dev.cenotaph.gateway.many.Jobs;
import dev.cenotaph.gateway.many.ManyAtOnce;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.marker.RevisionTurns;
import dev.cenotaph.gateway.recovery.OpenClaims;
import dev.cenotaph.gateway.recovery.Recovery;
import dev.cenotaph.gateway.recovery.Settlement;
import dev.cenotaph.gateway.restore.Restoration;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.revision.MakingCurrent;
import dev.cenotaph.gateway.revision.RevisionKeeping;
import dev.cenotaph.gateway.revision.RevisionPages;
import dev.cenotaph.gateway.shadow.Shadow;
import dev.cenotaph.gateway.shadow.ShadowCounts;
import dev.cenotaph.gateway.snapshot.SnapshotPages;
import dev.cenotaph.gateway.tombstone.Lessons;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.tombstone.Tombstones;
import dev.cenotaph.gateway.upstream.ItemTurns;
import dev.cenotaph.gateway.upstream.OwnCredentials;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import dev.cenotaph.policy.Mode;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.source.PolicyFiles;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;
import reactor.netty.http.client.HttpClient;

/** Puts Cenotaph into a Spring Cloud Gateway. */
@AutoConfiguration(after = GatewayAutoConfiguration.class)
@ConditionalOnProperty(name = "cenotaph.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CenotaphProperties.class)
public class CenotaphAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(CenotaphAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    PoliciesInForce cenotaphPolicies(CenotaphProperties properties, ShadowCounts shadowCounts) {
        PolicySet set = PolicyFiles.load(properties.policies(), System::getenv);
        Policies policies = Policies.of(set, properties.mode());
        LOG.info(
                "policy set {} from {}: {} resources of {} upstreams",
                set.version(),
                properties.policies(),
                set.resources().size(),
                set.files().size());
        var inForce = new PoliciesInForce(policies, Clock.systemUTC());
        inForce.follow(current -> LoudModes.tell(current.set(), properties.mode()));
        inForce.follow(current -> shadowCounts.begin(shadows(current.set())));
        return inForce;
    }

    @Bean
    @ConditionalOnMissingBean(Tombstones.class)
    StoredTombstones cenotaphTombstones(CenotaphProperties properties) {
        return StoredTombstones.open(
                properties.store().address(),
                Clock.systemUTC(),
                properties.store().lease(),
                properties.store().details(),
                properties.store().staleness(),
                properties.bodies().bodyKeys());
    }

    @Bean
    Lessons cenotaphLessons(Tombstones tombstones) {
        return new Lessons(tombstones);
    }

    @Bean
    KeepAliveRepair cenotaphKeepAliveRepair() {
        return new KeepAliveRepair();
    }

    @Bean
    ResponseTapFilter cenotaphResponseTap() {
        return new ResponseTapFilter();
    }

    @Bean
    VerbatimUrlFilter cenotaphVerbatimUrl() {
        return new VerbatimUrlFilter();
    }

    @Bean
    UpstreamClient cenotaphUpstreams(
            CenotaphProperties properties,
            PoliciesInForce policies,
            HttpClient gatewayHttpClient,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters) {
        List<OwnCredentials.Entry> credentials = properties.credentials().stream()
                .map(entry -> new OwnCredentials.Entry(entry.upstream(), entry.headers()))
                .toList();
        var upstreams = new UpstreamClient(
                gatewayHttpClient,
                headersFilters,
                new OwnCredentials(credentials),
                properties.upstream().timeout(),
                bytes(properties.limits().item()));
        credentials.stream()
                .map(OwnCredentials.Entry::upstream)
                .filter(upstream -> policies.get().set().files().stream()
                        .noneMatch(file -> OwnCredentials.sameOrigin(file.upstream(), upstream)))
                .forEach(upstream -> LOG.warn(
                        "cenotaph.credentials names {}, which is the upstream of no policy file: nothing will use it",
                        upstream));
        return upstreams;
    }

    @Bean
    ItemTurns cenotaphItemTurns() {
        return new ItemTurns();
    }

    @Bean
    RevisionTurns cenotaphRevisionTurns() {
        return new RevisionTurns();
    }

    @Bean
    OpenClaims cenotaphOpenClaims(Tombstones tombstones) {
        return new OpenClaims(tombstones);
    }

    @Bean(initMethod = "start")
    Recovery cenotaphRecovery(
            CenotaphProperties properties,
            PoliciesInForce policies,
            Tombstones tombstones,
            OpenClaims openClaims,
            UpstreamClient upstreams) {
        var settlement = new Settlement(
                tombstones,
                openClaims,
                new MarkerProtocols(tombstones),
                upstreams,
                () -> policies.get().set());
        return new Recovery(tombstones, settlement, properties.recovery().interval(), Clock.systemUTC());
    }

    @Bean
    ShadowCounts cenotaphShadowCounts() {
        return new ShadowCounts(Clock.systemUTC());
    }

    @Bean
    SoftDeleteFilter cenotaphSoftDelete(
            CenotaphProperties properties,
            PoliciesInForce policies,
            Tombstones tombstones,
            Lessons lessons,
            OpenClaims openClaims,
            ItemTurns turns,
            RevisionTurns revisionTurns,
            UpstreamClient upstreams,
            Disclosure disclosure,
            Callers callers,
            Jobs jobs,
            ObjectProvider<GoneAtHand<?>> goneAtHand,
            ObjectProvider<Cascades> cascades,
            ShadowCounts shadowCounts) {
        CenotaphProperties.Limits limits = properties.limits();
        return new SoftDeleteFilter(
                policies,
                new Intake(bytes(limits.requestBody())),
                bytes(limits.requestBody()),
                handlers(
                        limits,
                        disclosure,
                        callers,
                        jobs,
                        tombstones,
                        lessons,
                        openClaims,
                        turns,
                        revisionTurns,
                        upstreams,
                        new GoneAnswers(tombstones, Optional.ofNullable(goneAtHand.getIfAvailable())),
                        Optional.ofNullable(cascades.getIfAvailable()),
                        shadowCounts,
                        Clock.systemUTC()));
    }

    @Bean
    @ConditionalOnProperty(name = "cenotaph.global", matchIfMissing = true)
    GlobalFilter cenotaphGlobalSoftDelete(SoftDeleteFilter filter) {
        return new GlobalSoftDelete(filter);
    }

    @Bean
    SoftDeleteGatewayFilterFactory softDeleteGatewayFilterFactory(
            SoftDeleteFilter filter, CenotaphProperties properties) {
        return SoftDeleteGatewayFilterFactory.of(filter, properties.global());
    }

    @Bean
    Callers cenotaphCallers(CenotaphProperties properties) {
        return new Callers(properties.reveal().credentialHeaders());
    }

    @Bean
    Disclosure cenotaphDisclosure(
            CenotaphProperties properties, Tombstones tombstones, UpstreamClient upstreams, Callers callers) {
        CenotaphProperties.Reveal reveal = properties.reveal();
        return new Disclosure(
                tombstones, upstreams, callers, reveal.credentialHeaders(), reveal.remember(), reveal.maxCallers());
    }

    @Bean
    Jobs cenotaphJobs(Tombstones tombstones, Disclosure disclosure) {
        return new Jobs(tombstones, disclosure, Clock.systemUTC());
    }

    private static Handlers handlers(
            CenotaphProperties.Limits limits,
            Disclosure disclosure,
            Callers callers,
            Jobs jobs,
            Tombstones tombstones,
            Lessons lessons,
            OpenClaims openClaims,
            ItemTurns turns,
            RevisionTurns revisionTurns,
            UpstreamClient upstreams,
            GoneAnswers goneAnswers,
            Optional<Cascades> cascades,
            ShadowCounts shadowCounts,
            Clock clock) {
        int requestBody = bytes(limits.requestBody());
        var deadline = new Deadline(limits.bodyTime());
        var peek = new BodyPeek.Limits(bytes(limits.peek()), deadline);
        var protocols = new MarkerProtocols(tombstones);
        var idempotency = new Idempotency(tombstones.firstAnswers());
        var listLimits = new ListLimits(
                bytes(limits.listItem()),
                bytes(limits.listHeld()),
                limits.listDecoded().toBytes(),
                limits.listRatio(),
                deadline);
        var items = new ItemGate(
                tombstones,
                lessons,
                protocols,
                upstreams,
                openClaims,
                turns,
                goneAnswers,
                disclosure,
                cascades,
                requestBody,
                peek,
                clock);
        var permanentDeletion = new PermanentDeletion(
                tombstones, protocols, upstreams, openClaims, turns, idempotency, cascades, requestBody);
        var restoration = new Restoration(
                tombstones,
                protocols,
                upstreams,
                callers,
                openClaims,
                turns,
                idempotency,
                cascades,
                requestBody,
                clock);
        return new Handlers(
                disclosure,
                new AncestorGate(tombstones, goneAnswers),
                items,
                new CreateGate(
                        tombstones,
                        disclosure,
                        items,
                        new TrashedWays(permanentDeletion::ahead, restoration::ahead),
                        requestBody,
                        peek),
                new ListReading(tombstones, disclosure, lessons, upstreams, listLimits, pageLimits(limits), clock),
                new EmbeddedAnswers(tombstones, listLimits),
                new TrashCollection(tombstones, disclosure),
                new SoftDeletion(
                        tombstones,
                        protocols,
                        upstreams,
                        callers,
                        openClaims,
                        turns,
                        idempotency,
                        goneAnswers,
                        cascades,
                        clock),
                permanentDeletion,
                restoration,
                new ManyAtOnce(idempotency, jobs, requestBody),
                new RevisionKeeping(tombstones, protocols, upstreams, revisionTurns),
                new RevisionPages(tombstones, protocols, upstreams),
                new MakingCurrent(tombstones, protocols, upstreams, revisionTurns, turns, goneAnswers, requestBody),
                new SnapshotPages(tombstones, protocols, upstreams),
                new Shadow(tombstones, listLimits, bytes(limits.peek()), shadowCounts),
                new MovedGate(tombstones, disclosure));
    }

    private static PageLimits pageLimits(CenotaphProperties.Limits limits) {
        return new PageLimits(bytes(limits.listPage()), limits.fillCalls(), limits.fillTime());
    }

    private static List<String> shadows(PolicySet set) {
        return set.resources().stream()
                .filter(policy -> policy.mode() == Mode.SHADOW)
                .map(ResourcePolicy::name)
                .toList();
    }

    private static int bytes(DataSize size) {
        return Math.toIntExact(size.toBytes());
    }
}
