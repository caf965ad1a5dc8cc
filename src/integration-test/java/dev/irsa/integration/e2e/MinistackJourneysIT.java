package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Ministack;

class MinistackJourneysIT extends Journeys {
    MinistackJourneysIT() {
        super(Ministack.start());
    }
}
