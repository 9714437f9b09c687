"""Language models that write answers, whoever runs them.

``providers`` names one by one setting and connects it through LlamaIndex's integrations,
``client`` makes calls to it safe to rely on: retries, time-outs, limits, a circuit breaker.
"""
