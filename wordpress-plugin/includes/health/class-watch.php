<?php
/**
 * Watch: looks after the proxy while nobody is looking.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Health;

defined( 'ABSPATH' ) || exit;

/**
 * Checks the proxy every few minutes, and at once when a browser reports failures. Browsers only
 * ask for a check, which this server makes itself: nobody can switch a site by lying to it.
 *
 * Many sites run cron rarely or never. So a page view that finds a check due asks the site, after
 * it is done and without waiting, to make it.
 */
final class Watch {

	public const EVENT = 'gip4all_check';

	/** Counts reports of browsers of the last hour. */
	public const REPORTS = 'gip4all_reports';

	/** Seconds in which one check answers all reports. */
	private const BOUND = 15;

	/**
	 * Wires everything.
	 */
	public static function start(): void {
		add_filter( 'cron_schedules', array( self::class, 'schedule' ) ); // phpcs:ignore WordPress.WP.CronInterval -- one small request.
		add_action( self::EVENT, array( self::class, 'check' ) );
		add_action( 'init', array( self::class, 'book' ) );
		add_action( 'rest_api_init', array( self::class, 'route' ) );
		add_action( 'shutdown', array( self::class, 'nudge' ), 20 );
	}

	/**
	 * Adds an interval.
	 *
	 * @param mixed $schedules WordPress's and other plugins'.
	 * @return mixed
	 */
	public static function schedule( $schedules ) {
		if ( is_array( $schedules ) ) {
			$schedules['gip4all'] = array(
				'interval' => 5 * MINUTE_IN_SECONDS,
				'display'  => __( 'Every five minutes', 'gip4all' ),
			);
		}
		return $schedules;
	}

	/**
	 * Books the check once there is something to check.
	 */
	public static function book(): void {
		if ( State::proven() && ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time() + MINUTE_IN_SECONDS, 'gip4all', self::EVENT );
		}
	}

	/**
	 * Checks if it is time.
	 */
	public static function check(): void {
		if ( State::due() && State::take() ) {
			State::keep( Probe::run() );
		}
	}

	/**
	 * Adds the address that browsers report to.
	 */
	public static function route(): void {
		register_rest_route(
			'gip4all/v1',
			'/report',
			array(
				'methods'             => 'POST',
				'callback'            => array( self::class, 'report' ),
				// Pages come out of caches, so there is no nonce. All it can cause is one check.
				'permission_callback' => '__return_true',
			)
		);
	}

	/**
	 * Takes a report: nothing that it says is believed or kept.
	 *
	 * @param \WP_REST_Request $request The report.
	 */
	public static function report( \WP_REST_Request $request ): \WP_REST_Response {
		if ( '' !== (string) $request->get_param( 'due' ) ) {
			self::check();
		} elseif ( State::on() && false === get_transient( 'gip4all_bound' ) ) {
			set_transient( 'gip4all_bound', 1, self::BOUND );
			$result = Probe::run();
			State::keep( $result );
			if ( $result->passed() ) {
				set_transient( self::REPORTS, 1 + (int) get_transient( self::REPORTS ), HOUR_IN_SECONDS );
			}
		}
		$response = new \WP_REST_Response( null, 204 );
		$response->header( 'Cache-Control', 'no-store' );
		return $response;
	}

	/**
	 * Has a check made that is due, without making the visitor wait.
	 */
	public static function nudge(): void {
		if ( is_admin() || wp_doing_cron() || ( defined( 'REST_REQUEST' ) && REST_REQUEST ) || ! did_action( 'template_redirect' ) || ! State::due() ) {
			return;
		}
		wp_remote_post(
			add_query_arg( 'due', '1', rest_url( 'gip4all/v1/report' ) ),
			array(
				'timeout'   => 0.01,
				'blocking'  => false,
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify' => apply_filters( 'https_local_ssl_verify', false ), // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- core's filter.
			)
		);
	}

	/**
	 * Takes the check out of the schedule.
	 */
	public static function stop(): void {
		wp_clear_scheduled_hook( self::EVENT );
	}
}
