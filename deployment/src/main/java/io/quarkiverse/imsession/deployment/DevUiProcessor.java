package io.quarkiverse.imsession.deployment;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.dev.SessionsJsonRpcService;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** The card and the pages of the Dev UI. Their service is in an artifact that Quarkus adds in dev mode only. */
@BuildSteps(onlyIf = { IsLocalDevelopment.class, Enabled.class })
final class DevUiProcessor {

    @BuildStep
    JsonRPCProvidersBuildItem service() {
        return new JsonRPCProvidersBuildItem(SessionsJsonRpcService.class);
    }

    @BuildStep
    CardPageBuildItem card(ChosenStoreBuildItem store, ChosenResolversBuildItem resolvers) {
        CardPageBuildItem card = new CardPageBuildItem();
        card.addBuildTimeData("store", store.toString());
        card.addBuildTimeData("resolvers", resolvers.toString());
        card.addPage(Page.webComponentPageBuilder().title("Sessions").icon("font-awesome-solid:users")
                .componentLink("qwc-imsession-sessions.js").dynamicLabelJsonRPCMethodName("count"));
        card.addPage(Page.webComponentPageBuilder().title("Settings in force").icon("font-awesome-solid:sliders")
                .componentLink("qwc-imsession-settings.js").staticLabel(store.toString()));
        return card;
    }
}
